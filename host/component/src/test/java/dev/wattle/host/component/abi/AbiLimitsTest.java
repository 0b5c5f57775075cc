package dev.wattle.host.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.AbiLimits;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is allowed by a limit works, and one more traps. How deep calls nest is tested with the calls.
final class AbiLimitsTest {
    private static final FunctionType NOTHING = TestGuest.type(List.of(), Optional.empty());
    private static final FunctionType GREET = TestGuest.type(List.of(Primitive.STRING), Optional.of(Primitive.STRING));

    private static TestGuest guest(AbiLimits limits, StringEncoding encoding) {
        return new TestGuest(
                new Sandbox(new GuestControl(), CoreLimits.DEFAULTS, limits, MemoryBudget.ofThisProcess()), encoding);
    }

    private static void assertLimit(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT))
                .hasMessage(message);
    }

    @Test
    void a_table_takes_as_many_handles_as_allowed() {
        TestGuest guest = guest(new AbiLimits(3, 0, 1, 0, 0), StringEncoding.UTF8);
        var counter = new ResourceDefinition.Guest(new ResourceType("counter"), guest.state, Optional.empty());
        var make = TestGuest.flat(ResourceFunctions.resourceNew(counter));
        CanonLift three = guest.export(NOTHING, _ -> {
            for (long index = 1; index <= 3; index++) {
                assertThat(make.call(new long[] {index})).isEqualTo(index);
            }
            return 0;
        });
        assertThat(three.call(List.of())).isEmpty();
        CanonLift one = guest.export(NOTHING, _ -> make.call(new long[] {4}));
        assertLimit(() -> one.call(List.of()), "more than 3 handles");
    }

    @ParameterizedTest
    @EnumSource(StringEncoding.class)
    void strings_are_as_long_as_allowed(StringEncoding encoding) {
        int characters = encoding == StringEncoding.UTF16 ? 4 : 8;
        AbiLimits limits = new AbiLimits(1, 0, 1, 8, 0);
        String longest = "x".repeat(characters);
        for (boolean lifted : new boolean[] {false, true}) {
            TestGuest guest = guest(limits, encoding);
            CanonLift echo = guest.export(GREET, values -> {
                guest.memory.writeInt(0, (int) values[0]);
                guest.memory.writeInt(4, (int) values[1] + (lifted ? 1 : 0));
                return 0;
            });
            if (lifted) {
                assertLimit(() -> echo.call(List.of(WitValue.of(longest))), "string exceeds maximum byte size");
            } else {
                assertThat(echo.call(List.of(WitValue.of(longest)))).contains(WitValue.of(longest));
                assertLimit(() -> echo.call(List.of(WitValue.of(longest + "x"))), "string exceeds maximum byte size");
            }
        }
    }

    @Test
    void lists_take_as_much_memory_as_allowed() {
        for (WitType element : List.of(Primitive.U8, Primitive.U32)) {
            FunctionType type =
                    TestGuest.type(List.of(new WitType.ListType(element)), Optional.of(new WitType.ListType(element)));
            int length = 8 / (int) CanonicalAbi.elemSize(element);
            for (int more : new int[] {0, 1}) {
                TestGuest guest = guest(new AbiLimits(1, 0, 1, 0, 8), StringEncoding.UTF8);
                CanonLift echo = guest.export(type, values -> {
                    guest.memory.writeInt(0, (int) values[0]);
                    guest.memory.writeInt(4, (int) values[1] + more);
                    return 0;
                });
                WitValue longest = list(element, length);
                if (more == 0) {
                    assertThat(echo.call(List.of(longest))).contains(longest);
                    assertLimit(() -> echo.call(List.of(list(element, length + 1))), "list exceeds maximum byte size");
                } else {
                    assertLimit(() -> echo.call(List.of(longest)), "list exceeds maximum byte size");
                }
            }
        }
    }

    private static WitValue list(WitType element, int length) {
        return element == Primitive.U8
                ? WitValue.ofBytes(new byte[length])
                : WitValue.list(java.util.Collections.nCopies(length, WitValue.of(0)));
    }

    @Test
    void limits_are_checked_where_they_are_made() {
        assertThat(AbiLimits.DEFAULTS).isEqualTo(new AbiLimits(1_000_000, 256, 64, (1L << 28) - 1, (1L << 28) - 1));
        for (ThrowingCallable wrong : List.<ThrowingCallable>of(
                () -> new AbiLimits(-1, 0, 1, 0, 0),
                () -> new AbiLimits(1 << 28, 0, 1, 0, 0),
                () -> new AbiLimits(0, -1, 1, 0, 0),
                () -> new AbiLimits(0, 0, 0, 0, 0),
                () -> new AbiLimits(0, 0, 1, 1L << 28, 0),
                () -> new AbiLimits(0, 0, 1, 0, -1))) {
            assertThatThrownBy(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("out of range");
        }
    }
}
