package dev.wattle.host.component.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The built-ins, each with the core function that it is, and options that do not fit.
///
/// @spec CanonicalABI.md "Canonical Definitions"
class BuiltinTest {
    /// 0: `stream<u8>`, 1: `future<string>`, 2: `stream`, 3: `list<u8>`, 4: `stream<string>`,
    /// 5: `tuple` of 17 `u8`, 6: `func async (list<u8>) -> string`, 7: `func () -> string`.
    private static final String TYPES = HandMade.section(
            7,
            "08  66 01 7d  65 01 73  66 00  70 7d  66 01 73"
                    + "6f 11 7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
                    + "43 01 01 61 03 00 73  40 00 00 73");

    private static Step last(String definition) {
        String sections = HandMade.GUEST + TYPES + HandMade.section(8, "01" + definition);
        return HandMade.load(sections).steps().getLast();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            09 00 7d 00,             task.return,                  func [i32] -> []
            09 01 00 00,             task.return,                  func [] -> []
            09 00 03 01 03 00,       task.return,                  func [i32 i32] -> []
            09 00 05 01 03 00,       task.return,                  func [i32] -> []
            05,                      task.cancel,                  func [] -> []
            0a 7f 01,                context.get,                  func [] -> [i32]
            0b 7e 00,                context.set,                  func [i64] -> []
            06 01,                   subtask.cancel,               func [i32] -> [i32]
            0d,                      subtask.drop,                 func [i32] -> []
            24,                      backpressure.inc,             func [] -> []
            25,                      backpressure.dec,             func [] -> []
            0e 00,                   stream.new,                   func [] -> [i64]
            0f 00 02 06 03 00,       stream.read,                  func [i32 i32 i32] -> [i32]
            10 04 02 06 03 00,       stream.write,                 func [i32 i32 i32] -> [i32]
            0f 02 01 06,             stream.read,                  func [i32 i32 i32] -> [i32]
            11 00 00,                stream.cancel-read,           func [i32] -> [i32]
            12 00 01,                stream.cancel-write,          func [i32] -> [i32]
            13 00,                   stream.drop-readable,         func [i32] -> []
            14 00,                   stream.drop-writable,         func [i32] -> []
            15 01,                   future.new,                   func [] -> [i64]
            16 01 03 06 03 00 04 00, future.read,                  func [i32 i32] -> [i32]
            17 01 01 03 00,          future.write,                 func [i32 i32] -> [i32]
            18 01 01,                future.cancel-read,           func [i32] -> [i32]
            19 01 00,                future.cancel-write,          func [i32] -> [i32]
            1a 01,                   future.drop-readable,         func [i32] -> []
            1b 01,                   future.drop-writable,         func [i32] -> []
            1c 01 03 00,             error-context.new,            func [i32 i32] -> [i32]
            1d 02 03 00 04 00,       error-context.debug-message,  func [i32 i32] -> []
            1e,                      error-context.drop,           func [i32] -> []
            1f,                      waitable-set.new,             func [] -> [i32]
            20 00 00,                waitable-set.wait,            func [i32 i32] -> [i32]
            21 01 00,                waitable-set.poll,            func [i32 i32] -> [i32]
            22,                      waitable-set.drop,            func [i32] -> []
            23,                      waitable.join,                func [i32 i32] -> []
            26,                      thread.index,                 func [] -> [i32]
            28,                      thread.resume-later,          func [i32] -> []
            29 01,                   thread.suspend,               func [] -> [i32]
            0c 00,                   thread.yield,                 func [] -> [i32]
            2a 00,                   thread.suspend-then-resume,   func [i32] -> [i32]
            2b 00,                   thread.yield-then-resume,     func [i32] -> [i32]
            2c 00,                   thread.suspend-then-promote,  func [i32] -> [i32]
            2d 00,                   thread.yield-then-promote,    func [i32] -> [i32]
            40 00 00,                thread.spawn-ref,             func [otherref i32] -> [i32]
            42 01,                   thread.available-parallelism, func [] -> [i32]
            """)
    void a_builtin_is_a_core_function(String definition, String name, String signature) {
        assertThat(last(definition)).isInstanceOfSatisfying(Step.BuiltinFunction.class, step -> {
            assertThat(step.builtin().words()).isEqualTo(name);
            assertThat(CoreText.of(step.signature())).isEqualTo(signature);
        });
    }

    @Test
    void a_builtin_knows_what_it_is_about() {
        assertThat(last("10 00 02 06 03 00")).isInstanceOfSatisfying(Step.BuiltinFunction.class, step -> {
            assertThat(step.type().orElseThrow()).hasToString("StreamType[element=Optional[U8]]");
            assertThat(step.builtin()).isInstanceOfSatisfying(Builtin.Copy.class, copy -> {
                assertThat(copy.end()).isEqualTo(Builtin.End.WRITABLE);
                assertThat(copy.options().async()).isTrue();
                assertThat(copy.options().memory()).hasValue(0);
            });
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            09 00 03 00,             the option memory is missing
            09 00 05 00,             the option memory is missing
            09 00 03 02 03 00 04 00, realloc has no meaning for task.return
            09 00 7d 01 06,          async has no meaning for task.return
            09 00 7d 01 05 02,       post-return has no meaning
            0a 7f 02,                slot 2
            0a 7d 00,                holds an i32 or an i64
            0e 01,                   stream.new is for a type stream
            15 00,                   future.new is for a type future
            0e 03,                   stream.new is for a type stream
            0e 07,                   not a value type
            0f 00 01 06,             the option memory is missing
            0f 04 02 06 03 00,       the option realloc is missing
            16 01 02 06 03 00,       the option realloc is missing
            0f 02 02 06 07 01,       callback has no meaning
            0f 02 01 07,             ends in the middle
            0f 02 02 06 06,          async stands there twice
            1c 00,                   the option memory is missing
            1c 02 03 00 06,          async has no meaning
            1d 01 03 00,             the option realloc is missing
            20 00 01,                core memory 1
            20 02 00,                'neither ''cancellable'' nor its absence'
            06 02,                   'neither ''async'' nor its absence'
            27 01 00,                core type 1
            27 00 01,                core table 1
            40 01 00,                shared
            41 00 00 00,             not shared
            43,                      no canonical definition
            00 00 03 00 06,          the option memory is missing
            00 00 03 02 03 00 04 00 06, its type flattens to
            00 00 00 01 06 06,       the option memory is missing
            00 00 00 03 06 03 00 04 00 06, its type flattens to
            00 00 00 01 06 07,       not async
            00 00 00 01 07 01 06,    callback stands there without async
            00 00 00 04 06 05 02 03 00 04 00 06, exclude one another
            00 00 00 01 08 06,       no canonical option
            """)
    void what_does_not_fit_is_refused(String definition, String message) {
        assertThatThrownBy(() -> last(definition))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isIn(Code.INVALID, Code.MALFORMED))
                .hasMessageContaining(message);
    }

    @Test
    void a_thread_starts_with_a_function_of_a_table() {
        assertThat(last("27 00 00"))
                .isInstanceOfSatisfying(
                        Step.NewThreadFunction.class,
                        step -> assertThat(step.table()).isZero());
    }

    @Test
    void all_context_slots_of_a_component_have_one_type() {
        assertThatThrownBy(() -> HandMade.load(HandMade.section(8, "02 0a 7f 00 0b 7e 01")))
                .hasMessageContaining("another type");
    }

    @Test
    void an_async_lift_and_lower_have_signatures_of_their_own() {
        // (type (func async (param "a" (list u8)) (result string))): lifted with a callback, then lowered with async
        String types = HandMade.section(7, "02 70 7d  43 01 01 61 00 00 73");
        String lift = HandMade.section(8, "01 00 00 04 04 06 07 01 03 00 04 00 01");
        String taker = HandMade.section(8, "01 20 00 00"); // core function 4: (i32, i32) -> (i32)
        String lower = HandMade.section(8, "01 01 00 00 03 06 03 00 04 00");

        ValidComponent valid = HandMade.load(HandMade.GUEST + types + taker + lift + lower);

        assertThat(valid.steps()).element(valid.steps().size() - 2).isInstanceOf(Step.LiftFunction.class);
        assertThat(valid.steps().getLast()).isInstanceOf(Step.LowerFunction.class);
    }
}
