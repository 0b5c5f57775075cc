package dev.wattle.host.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.Trap;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.RandomWit;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.Values;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random values through a guest: lowered into it, lifted out to the host, lowered back, lifted again.
final class RoundTripTest {
    private static final int MANY_PARAMETERS = 20;
    private static final int MEMORY_BYTES = 1 << 18;

    @ParameterizedTest
    @EnumSource(StringEncoding.class)
    void what_is_lowered_is_lifted_unchanged(StringEncoding encoding) {
        AtomicInteger spilled = new AtomicInteger();
        AtomicInteger flat = new AtomicInteger();
        Gen.check(4_000, gen -> {
            List<WitType> types = types(gen);
            List<WitValue> values =
                    types.stream().map(each -> RandomWit.value(gen, each)).toList();
            boolean spills = Flattening.flattenTypes(types).size() > CanonicalAbi.MAX_FLAT_PARAMS;
            (spills ? spilled : flat).incrementAndGet();
            TestGuest guest = new TestGuest(TestGuest.newSandbox(), encoding);
            LiftLowerContext cx = new LiftLowerContext(guest.options(), guest.state, new Task());
            long[] lowered = FlatLowering.lowerFlatValues(cx, spills, values, types);
            assertThat(lowered)
                    .hasSize(spills ? 1 : Flattening.flattenTypes(types).size());
            assertThat(FlatLifting.liftFlatValues(cx, spills, new CoreValueIter(lowered), types))
                    .as("%s", types)
                    .isEqualTo(values);
        });
        assertThat(spilled).hasValueGreaterThan(400);
        assertThat(flat).hasValueGreaterThan(400);
    }

    @ParameterizedTest
    @EnumSource(StringEncoding.class)
    void values_go_through_a_guest_unchanged(StringEncoding encoding) {
        AtomicInteger spilled = new AtomicInteger();
        AtomicInteger flat = new AtomicInteger();
        Gen.check(300, gen -> {
            List<WitType> types = types(gen);
            FunctionType type = TestGuest.type(types, Optional.of(new WitType.TupleType(types)));
            (new Signature(type, CanonicalAbi.Context.LIFT).parametersSpilled() ? spilled : flat).incrementAndGet();
            TestGuest guest =
                    new TestGuest(new InstanceState(TestGuest.newSandbox()), encoding, new TestMemory(MEMORY_BYTES));
            List<WitValue> values =
                    types.stream().map(each -> RandomWit.value(gen, each)).toList();
            List<WitValue> seen = new ArrayList<>();
            var imported = guest.imports(type, (_, arguments) -> {
                seen.addAll(arguments);
                return Optional.of(new WitValue.TupleValue(arguments));
            });
            CanonLift export = guest.export(type, guest.forwardTo(type, imported));
            Optional<WitValue> result = export.call(values);
            assertThat(seen).as("%s", type).isEqualTo(values);
            assertThat(result).as("%s", type).contains(new WitValue.TupleValue(values));
        });
        assertThat(spilled).hasValueGreaterThan(20);
        assertThat(flat).hasValueGreaterThan(20);
    }

    @Test
    void values_go_from_guest_to_guest_unchanged() {
        Gen.check(300, gen -> {
            WitType value = RandomWit.type(gen, 3);
            FunctionType type = TestGuest.type(List.of(value), Optional.of(value));
            var sandbox = TestGuest.newSandbox();
            var encodings = List.of(StringEncoding.values());
            TestGuest inner = new TestGuest(sandbox, gen.oneOf(encodings));
            TestGuest outer = new TestGuest(sandbox, gen.oneOf(encodings));
            var identity = inner.imports(type, (_, arguments) -> Optional.of(arguments.getFirst()));
            CanonLift innerExport = inner.export(type, inner.forwardTo(type, identity));
            CanonLift outerExport = outer.export(type, outer.forwardTo(type, outer.imports(type, innerExport)));
            WitValue sent = RandomWit.value(gen, value);
            assertThat(outerExport.call(List.of(sent))).as("%s", type).contains(sent);
        });
    }

    private static List<WitType> types(Gen gen) {
        int depth = gen.intBetween(0, 3);
        int count = gen.bool() ? gen.intBetween(1, 3) : gen.intBetween(1, MANY_PARAMETERS);
        return IntStream.range(0, count)
                .mapToObj(_ -> RandomWit.type(gen, depth))
                .toList();
    }

    @Test
    void hostile_memory_gives_values_or_traps_and_nothing_else() {
        ResourceType resource = new ResourceType("thing");
        AtomicInteger traps = new AtomicInteger();
        AtomicInteger lifted = new AtomicInteger();
        Gen.check(10_000, gen -> {
            byte[] bytes = gen.bytes(1 << 12);
            for (int index = 0; index < bytes.length; index++) {
                bytes[index] = gen.bool() ? 0 : bytes[index];
            }
            TestGuest guest = new TestGuest(
                    new InstanceState(TestGuest.newSandbox()),
                    gen.oneOf(List.of(StringEncoding.values())),
                    new TestMemory(bytes));
            int handle = guest.state.handles().add(ResourceHandle.own(resource, "resource " + resource));
            WitType type = new WitType.TupleType(List.of(
                    RandomWit.type(gen, 3),
                    gen.intBetween(0, 9) == 0 ? new WitType.OwnType(resource) : RandomWit.type(gen, 2)));
            CanonLift export = guest.export(
                    TestGuest.type(List.of(), Optional.of(type)),
                    _ -> gen.bool() ? gen.intBetween(handle, 64) * 8L : gen.anyLong() & 0xFFFF_FFFFL);
            try {
                Values.check(type, export.call(List.of()).orElseThrow());
                lifted.incrementAndGet();
            } catch (Trap trap) {
                assertThat(trap.kind()).isIn(Trap.Kind.CANONICAL_ABI, Trap.Kind.LIMIT);
                assertThatThrownBy(guest.state::enterFromHost).isInstanceOf(Trap.class);
                traps.incrementAndGet();
            }
        });
        assertThat(traps).hasValueGreaterThan(100);
        assertThat(lifted).hasValueGreaterThan(100);
    }
}
