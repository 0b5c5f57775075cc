package dev.wattle.interop;

import dev.wattle.host.component.ComponentType;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.RandomWit;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The calls that every guest gets, from the types that it exports and a seed.
final class Script {
    private static final ResourceType PLACEHOLDER = new ResourceType("kept");
    private static final List<Integer> STARTS = List.of(0, 5, Integer.MAX_VALUE);

    private final ComponentType world;

    Script(ComponentType world) {
        this.world = world;
    }

    /// Every kind of value in both directions: edges, and `randoms` random ones for each function. What the
    /// host answers has nothing to do with what it is asked, so that a guest that answers by itself is found
    /// out.
    List<Step> values(Gen gen, int randoms) {
        var steps = new ArrayList<Step>(List.of(new Step.Fresh()));
        TestWorld.exported(world, TestWorld.VALUES)
                .forEach((name, type) -> steps.addAll(calls(TestWorld.VALUES, name, type, gen.split(), randoms)));
        steps.addAll(calls("", TestWorld.ANSWER, TestWorld.answer(world), gen.split(), randoms));
        return steps;
    }

    private static List<Step> calls(String interfaceName, String name, FunctionType type, Gen gen, int randoms) {
        List<WitType> parameters =
                type.parameters().stream().map(FunctionType.Parameter::type).toList();
        List<List<WitValue>> arguments = new ArrayList<>(EdgeValues.together(parameters));
        List<Optional<WitValue>> answers = new ArrayList<>(
                type.result().isEmpty()
                        ? List.of(Optional.<WitValue>empty())
                        : EdgeValues.of(type.result().get()).reversed().stream()
                                .map(Optional::of)
                                .toList());
        for (int i = 0; i < randoms; i++) {
            arguments.add(parameters.stream()
                    .map(parameter -> RandomWit.value(gen, parameter))
                    .toList());
            answers.add(type.result().map(result -> RandomWit.value(gen, result)));
        }
        var steps = new ArrayList<Step>();
        for (int i = 0; i < Math.max(arguments.size(), answers.size()); i++) {
            steps.add(new Step.Call(
                    interfaceName,
                    name,
                    type,
                    arguments.get(i % arguments.size()),
                    answers.get(i % answers.size()),
                    List.of()));
        }
        return steps;
    }

    /// A resource's whole life: made, lent, given away, given back; what is left is [#drops].
    List<Step> resources() {
        var steps = new ArrayList<Step>(List.of(new Step.Fresh()));
        for (int start : STARTS) {
            steps.add(counting(TestWorld.NEW, List.of("a" + start), number(start)));
            steps.add(counting(TestWorld.INCREMENT, List.of(), kept("a" + start), number(0x8000_0001L)));
            steps.add(counting(TestWorld.VALUE, List.of(), kept("a" + start)));
            steps.add(counting("peek", List.of(), kept("a" + start)));
        }
        steps.add(counting(TestWorld.LIVE, List.of()));
        steps.add(counting("total", List.of(), list("a0", "a5", "a0")));
        steps.add(counting("total", List.of(), list()));
        steps.add(counting("pass", List.of("b"), kept("a0")));
        steps.add(counting(TestWorld.MERGE, List.of("c"), kept("b"), kept("a5")));
        steps.add(counting(TestWorld.VALUE, List.of(), kept("c")));
        steps.add(counting("pass-all", List.of("d", "e"), list("c", "b")));
        steps.add(counting("pass-all", List.of(), list()));
        steps.add(counting("pass-some", List.of("f"), WitValue.some(kept("d"))));
        steps.add(counting("pass-some", List.of(), WitValue.none()));
        steps.add(counting("make", List.of(), number(0)));
        steps.add(counting("make", List.of("g"), number(9)));
        steps.add(counting("consume", List.of(), kept("e")));
        return steps;
    }

    /// What is left of [#resources] is dropped: a guest with destructors drops its host's counters with its
    /// own.
    List<Step> drops() {
        return List.of(new Step.Drop("f"), new Step.Drop("g"), counting(TestWorld.LIVE, List.of()));
    }

    /// Traps, each followed by a new instance that is well.
    List<Step> faults() {
        WitValue one = number(1);
        WitValue least = number(Integer.MIN_VALUE);
        return Stream.of(
                        fault("trap"),
                        fault("ask-in-vain"),
                        fault("divide", number(-7), number(2)),
                        fault("divide", one, number(0)),
                        fault("divide", least, number(0)),
                        fault("divide", least, one))
                .<Step>flatMap(fault ->
                        Stream.of(new Step.Fresh(), fault, new Step.Fresh(), counting(TestWorld.LIVE, List.of())))
                .toList();
    }

    /// What languages do as they like: only runtimes can be compared.
    List<Step> liberties() {
        return List.of(new Step.Fresh(), fault("divide", number(Integer.MIN_VALUE), number(-1)));
    }

    /// A call of that function of `values` with the last of its edges.
    Step.Call timed(String function) {
        FunctionType type = type(TestWorld.VALUES, function);
        return (Step.Call) calls(TestWorld.VALUES, function, type, Gen.of(1), 1).getLast();
    }

    private Step.Call counting(String function, List<String> keep, WitValue... arguments) {
        return new Step.Call(
                TestWorld.COUNTERS,
                function,
                type(TestWorld.COUNTERS, function),
                List.of(arguments),
                Optional.empty(),
                keep);
    }

    private Step.Call fault(String function, WitValue... arguments) {
        FunctionType type = type(TestWorld.FAULTS, function);
        return new Step.Call(TestWorld.FAULTS, function, type, List.of(arguments), Optional.empty(), List.of());
    }

    private FunctionType type(String interfaceName, String function) {
        return Objects.requireNonNull(TestWorld.exported(world, interfaceName).get(function), function);
    }

    private static WitValue number(long value) {
        return WitValue.of(value);
    }

    private static WitValue kept(String name) {
        return new WitValue.Resource(PLACEHOLDER, new Step.Kept(name));
    }

    private static WitValue list(String... names) {
        return WitValue.list(Stream.of(names).map(Script::kept).toList());
    }
}
