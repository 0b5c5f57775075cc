package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Functions of the host with Java's own types, as the interpreter calls them.
final class TypedHostFunctionTest {
    private final Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);

    private static FunctionType type(Optional<WitType> result, WitType... parameters) {
        List<FunctionType.Parameter> named = new ArrayList<>();
        for (WitType parameter : parameters) {
            named.add(new FunctionType.Parameter("p" + named.size(), parameter));
        }
        return new FunctionType(named, result);
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) throws Exception {
        return MethodHandles.lookup()
                .findStatic(
                        TypedHostFunctionTest.class,
                        name,
                        MethodType.methodType(result, parameters).insertParameterTypes(0, Sandbox.class));
    }

    static long repeat(Sandbox sandbox, int times, String text) {
        return (long) times * text.length();
    }

    static byte[] reversed(Sandbox sandbox, byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int index = 0; index < bytes.length; index++) {
            reversed[index] = bytes[bytes.length - 1 - index];
        }
        return reversed;
    }

    static int next(Sandbox sandbox, int codePoint) {
        return codePoint + 1;
    }

    @Test
    void values_become_the_types_of_java_and_come_back() throws Exception {
        TypedHostFunction function = TypedHostFunction.of(
                type(Optional.of(Primitive.U64), Primitive.U32, Primitive.STRING),
                find("repeat", long.class, int.class, String.class));
        assertThat(function.call(sandbox, List.of(WitValue.of(3), WitValue.of("abcd"))))
                .contains(WitValue.of(12));
    }

    @Test
    void numbers_of_the_same_size_hold_the_bits() throws Exception {
        TypedHostFunction function = TypedHostFunction.of(
                type(Optional.of(Primitive.U32), Primitive.U32), find("next", int.class, int.class));
        assertThat(function.call(sandbox, List.of(WitValue.of(0xFFFF_FFFEL)))).contains(WitValue.of(0xFFFF_FFFFL));
    }

    @Test
    void byte_lists_are_arrays() throws Exception {
        WitType bytes = new WitType.ListType(Primitive.U8);
        TypedHostFunction function =
                TypedHostFunction.of(type(Optional.of(bytes), bytes), find("reversed", byte[].class, byte[].class));
        assertThat(function.call(sandbox, List.of(WitValue.ofBytes(new byte[] {1, 2, -3}))))
                .contains(WitValue.ofBytes(new byte[] {-3, 2, 1}));
    }

    @Test
    void what_stands_for_no_value_is_no_answer() throws Exception {
        TypedHostFunction function = TypedHostFunction.of(
                type(Optional.of(Primitive.CHAR), Primitive.CHAR), find("next", int.class, int.class));
        assertThat(function.call(sandbox, List.of(new WitValue.Char('a')))).contains(new WitValue.Char('b'));
        assertThat(function.call(sandbox, List.of(new WitValue.Char(0xD7FF)))).isEmpty(); // a surrogate is next
    }

    @Test
    void types_that_do_not_fit_are_refused() throws Exception {
        MethodHandle repeat = find("repeat", long.class, int.class, String.class);
        for (FunctionType wrong : List.of(
                type(Optional.empty(), Primitive.U32, Primitive.STRING),
                type(Optional.of(Primitive.U64), Primitive.U64, Primitive.STRING),
                type(Optional.of(Primitive.U64), Primitive.U32, Primitive.STRING, Primitive.STRING))) {
            assertThatThrownBy(() -> TypedHostFunction.of(wrong, repeat))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be");
        }
    }
}
