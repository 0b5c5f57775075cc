package dev.wattle.wit;

import static dev.wattle.wit.WitType.Primitive.STRING;
import static dev.wattle.wit.WitType.Primitive.U32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WaveCallTest {
    private static final FunctionType ADD = new FunctionType(
            List.of(new FunctionType.Parameter("a", U32), new FunctionType.Parameter("b", U32)), Optional.of(U32));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cyber:math/operations#add(2, 40); cyber:math/operations; add",
                "wasi:clocks/wall-clock@0.2.6#now(); wasi:clocks/wall-clock@0.2.6; now",
                "add(2); ; add",
                "%type(); ; type",
                "ns:pkg/iface@1.2.3-rc.1#f(\"#(\"); ns:pkg/iface@1.2.3-rc.1; f",
                "local#f(); local; f",
                "[method]r.f(); ; [method]r.f",
                "a:b/c#[constructor]fields(); a:b/c; [constructor]fields",
                "a:b/c#[static]fields.from-list([]); a:b/c; [static]fields.from-list",
            })
    void a_call_names_its_interface_and_function(String text, String interfaceName, String function) {
        WaveCall call = WaveCall.parse(text);
        assertThat(call.interfaceName()).isEqualTo(Optional.ofNullable(interfaceName));
        assertThat(call.function()).isEqualTo(function);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "add", "(1)", "1add()", "a:b#f()", "a:b/c@1.2#f()", "[method]f()", "[other]r.f()", "a b()"})
    void what_is_no_call_is_refused(String text) {
        assertThatThrownBy(() -> WaveCall.parse(text))
                .isInstanceOf(WaveException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void a_call_is_printed_as_it_is_read() {
        List<WitValue> arguments = List.of(WitValue.of(2), WitValue.of(40));
        String text = WaveCall.print(Optional.of("cyber:math/operations@1.0.0"), "add", ADD, arguments);

        assertThat(text).isEqualTo("cyber:math/operations@1.0.0#add(2, 40)");
        assertThat(WaveCall.parse(text).arguments(ADD)).isEqualTo(arguments);
        assertThat(WaveCall.print(Optional.empty(), "add", ADD, arguments)).isEqualTo("add(2, 40)");
        assertThatThrownBy(() -> WaveCall.print(Optional.empty(), "add", ADD, List.of()))
                .hasMessageContaining("expected 2 arguments");
    }

    @Test
    void arguments_are_read_as_the_function_wants_them() {
        assertThat(WaveCall.parse("add(2, 40,) ").arguments(ADD)).containsExactly(WitValue.of(2), WitValue.of(40));
    }

    @Test
    void options_at_the_end_may_be_left_out() {
        FunctionType type = new FunctionType(
                List.of(
                        new FunctionType.Parameter("a", STRING),
                        new FunctionType.Parameter("b", new WitType.OptionType(U32)),
                        new FunctionType.Parameter("c", new WitType.OptionType(U32))),
                Optional.empty());
        assertThat(WaveCall.parse("f(\"x\", 1)").arguments(type))
                .containsExactly(WitValue.of("x"), WitValue.some(WitValue.of(1)), WitValue.none());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "add(2); at column 6: expected the argument 'b' of func(a: u32, b: u32) -> u32, found ')'",
                "add(); at column 5: expected the argument 'a' of func(a: u32, b: u32) -> u32, found ')'",
                "add(1, 2, 3); at column 11: expected ')' after 2 arguments of func(a: u32, b: u32) -> u32, found '3)'",
                "add(1, x); at column 8: expected a number of type u32, found 'x)'",
                "add(1, 2; at column 9: expected ',' or ')', found the end of the text",
                "add(1, 2) x; at column 11: expected the end of the text, found 'x'",
            })
    void arguments_that_do_not_fit_are_refused_where_they_stand(String text, String message) {
        WaveCall call = WaveCall.parse(text);
        assertThatThrownBy(() -> call.arguments(ADD)).hasMessage(message);
    }
}
