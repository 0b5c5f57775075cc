package dev.wattle.fuzz.layers;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.abi.CanonLift;
import dev.wattle.host.component.abi.CanonLower;
import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.abi.PreparedType;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.component.code.SingleFunction;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Trap;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.RandomWit;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitText;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// One function type on both layers. Each case is one call: of a function of the host by a guest, or of a
/// guest's function by the host.
final class Comparison {
    static final List<ResourceType> RESOURCES = List.of(new ResourceType("file"), new ResourceType("socket"));

    private static final Pattern DIGITS = Pattern.compile("0x[0-9a-f]+|[0-9]+");

    /// One in so many values does not fit its type.
    private static final int WRONG_VALUE = 60;

    /// One in so many calls ends with a trap of the host's.
    private static final int HOST_TRAP = 50;

    private final FunctionType type;
    private final FunctionType owned;
    private final PreparedType prepared;
    private final PreparedType preparedOwned;
    private final PreparedType produce;
    private final StringEncoding encoding;

    /// `(Context, flats) → Object`
    private final Optional<MethodHandle> lowered;

    private final Optional<MethodHandle> lifted;

    /// `(MethodHandle, flats) → Object`, of lowered functions and of such that produce a result
    private final MethodHandle invokeLowered;

    private final MethodHandle invokeProducing;
    private final Map<String, Long> endings;
    private final MethodHandle give;
    private final MethodHandle core;
    private final JavaFunctions java;
    private final Optional<MethodHandle> postReturn;

    /// @param endings counts how calls end, by their words
    Comparison(Gen gen, Map<String, Long> endings) {
        this(gen, endings, Signatures.random(gen, RESOURCES), UnaryOperator.identity());
    }

    /// @param planted makes another type for the code: a bug
    Comparison(Gen gen, Map<String, Long> endings, FunctionType type, UnaryOperator<WitType> planted) {
        this.type = type;
        this.endings = endings;
        owned = new FunctionType(
                map(type, parameter -> Signatures.map(parameter, Signatures::owned))
                        .parameters(),
                Optional.empty());
        encoding = gen.oneOf(List.of(StringEncoding.values()));
        prepared = new PreparedType(type);
        preparedOwned = new PreparedType(owned);
        produce = new PreparedType(new FunctionType(List.of(), type.result()));
        invokeLowered = invoker(type);
        invokeProducing = invoker(produce.type());
        give = Guest.function(CanonicalAbi.flatten(owned, CanonicalAbi.Context.LIFT));
        core = Guest.function(CanonicalAbi.flatten(type, CanonicalAbi.Context.LIFT));
        postReturn = gen.bool() ? Optional.of(Guest.postReturn(CanonicalAbi.postReturn(type))) : Optional.empty();
        SingleFunction code = new SingleFunction(type, encoding, Guest.REALLOC, postReturn.orElse(null), RESOURCES);
        SingleFunction damaged =
                new SingleFunction(map(type, planted), encoding, Guest.REALLOC, code.postReturn(), RESOURCES);
        lowered = damaged.lower("test").map(handle -> spread(handle, 1));
        lifted = damaged.lift(core);
        java = new JavaFunctions(gen, type, code, core);
    }

    private static FunctionType map(FunctionType type, UnaryOperator<WitType> operator) {
        return new FunctionType(
                type.parameters().stream()
                        .map(each -> new FunctionType.Parameter(each.name(), operator.apply(each.type())))
                        .toList(),
                type.result().map(operator));
    }

    private static MethodHandle invoker(FunctionType type) {
        MethodType exact =
                CanonicalAbi.flatten(type, CanonicalAbi.Context.LOWER).handleType();
        return spread(MethodHandles.exactInvoker(exact), 1);
    }

    private static MethodHandle spread(MethodHandle handle, int first) {
        return handle.asSpreader(Object[].class, handle.type().parameterCount() - first)
                .asType(MethodType.methodType(Object.class, handle.type().parameterType(0), Object[].class));
    }

    /// Is there code for it in both directions?
    boolean generated() {
        return lowered.isPresent() && lifted.isPresent();
    }

    /// Who calls whom, with values or with Java's own types.
    enum Kind {
        LOWERED,
        LIFTED,
        LOWERED_JAVA,
        LIFTED_JAVA
    }

    /// What differed, or nothing.
    Optional<String> run(Kind kind, long seed) {
        return generated() ? compare(seed, kind) : Optional.empty();
    }

    private Optional<String> compare(long seed, Kind kind) {
        List<String> oracle = run(seed, kind, false);
        endings.merge(oracle.getLast(), 1L, Long::sum);
        List<String> generated = run(seed, kind, true);
        if (oracle.equals(generated)) {
            return Optional.empty();
        }
        return Optional.of("%s %s, %s, case seed %d%ninterpreted: %s%n   generated: %s"
                .formatted(
                        kind,
                        WitText.print(type),
                        encoding,
                        seed,
                        String.join("\n  ", oracle),
                        String.join("\n  ", generated)));
    }

    /// @param code by generated code, or by the interpreter?
    private List<String> run(long seed, Kind kind, boolean code) {
        Gen gen = Gen.of(seed);
        try (Guest guest = new Guest(gen.split(), encoding, RESOURCES, gen.bool())) {
            String ending = end(gen, guest, kind, code);
            if (gen.intBetween(0, 7) == 0) {
                look(guest);
            }
            guest.log.add("memory " + Arrays.hashCode(guest.memory.bytes));
            guest.log.add(ending);
            return guest.log;
        }
    }

    private String end(Gen gen, Guest guest, Kind kind, boolean code) {
        try {
            switch (kind) {
                case LOWERED, LOWERED_JAVA -> callHost(gen, guest, kind == Kind.LOWERED_JAVA, code);
                case LIFTED, LIFTED_JAVA -> callGuest(gen, guest, kind == Kind.LIFTED_JAVA, code);
            }
            return kind.toString();
        } catch (Trap trap) {
            guest.log.add(trap.kind() + " " + trap.getMessage());
            return "trap: " + DIGITS.matcher(String.valueOf(trap.getMessage())).replaceAll("#");
        } catch (IllegalArgumentException | IllegalStateException e) {
            boolean words = kind == Kind.LOWERED || kind == Kind.LIFTED; // Java's types have others
            guest.log.add(words ? e + " " + e.getCause() : e.getClass().getName());
            return e.getClass().getSimpleName();
        }
    }

    /// Notes which handles are left, where the instance may still be entered.
    private static void look(Guest guest) {
        try {
            boolean root = guest.state.enterFromHost();
            guest.dropFrom(1);
            guest.state.leaveToHost(root);
        } catch (Trap trap) {
            guest.log.add("not entered: " + trap.getMessage());
        }
    }

    private static WitValue value(Gen gen, WitType type) {
        AtomicInteger number = new AtomicInteger();
        return RandomWit.value(
                gen, type, resource -> new WitValue.Resource(resource, "object " + number.incrementAndGet()));
    }

    /// Mostly of that type.
    private static WitValue almost(Gen gen, WitType type) {
        return gen.intBetween(1, WRONG_VALUE) == 1 ? value(gen, RandomWit.type(gen, 1)) : value(gen, type);
    }

    /// The guest has arguments in its memory, perhaps damaged, and calls the host.
    private void callHost(Gen gen, Guest guest, boolean typed, boolean code) {
        List<WitValue> arguments =
                owned.parameters().stream().map(each -> value(gen, each.type())).toList();
        Optional<WitValue> answer = type.result().map(result -> almost(gen, result));
        boolean traps = gen.intBetween(1, HOST_TRAP) == 1;
        HostFunction function = typed
                ? java.host(gen, guest, answer)
                : (_, seen) -> {
                    guest.log.add("host sees " + seen + " for " + guest.state.markValues());
                    if (traps) {
                        throw new Trap(Trap.Kind.EXIT);
                    }
                    return answer;
                };
        CoreType.Function lowerType = CanonicalAbi.flatten(type, CanonicalAbi.Context.LOWER);
        List<Object> flats = new ArrayList<>(List.of(lower(guest, arguments)));
        if (lowerType.parameters().size() > flats.size()) {
            flats.add(place(gen, guest));
        }
        if (gen.intBetween(0, 2) == 0) {
            guest.damage(gen.split());
            damage(gen, flats);
        }
        boolean root = guest.state.enterFromHost();
        try {
            MethodHandle generated = typed ? java.lowered() : lowered.orElseThrow();
            Object result = code
                    ? (Object) generated.invoke(guest.context(function), flats.toArray())
                    : (Object) invokeLowered.invokeExact(lowered(guest, prepared, function), flats.toArray());
            guest.log.add("result " + Guest.text(result));
        } catch (Throwable e) {
            throw guest.state.abandon(root, e);
        }
        guest.log.add("kept " + guest.state.markValues());
        guest.state.leaveToHost(root);
    }

    /// By the interpreter.
    private static MethodHandle lowered(Guest guest, PreparedType type, HostFunction function) {
        CanonicalFunction callee = CanonicalFunction.ofHost("test", type.type(), function);
        return CanonLower.of(guest.state, type, callee, guest.options(Optional.empty()))
                .handle();
    }

    /// Lowers values as arguments of a function that is called; what it sees.
    private Object[] lower(Guest guest, List<WitValue> arguments) {
        var _ = new CanonLift(
                        guest.state,
                        preparedOwned,
                        guest.core(CanonicalAbi.flatten(owned, CanonicalAbi.Context.LIFT), give),
                        guest.options(Optional.empty()))
                .call(arguments);
        return guest.flats;
    }

    /// Where a result may go: mostly a place that is free and aligned.
    private static int place(Gen gen, Guest guest) {
        return gen.intBetween(0, 15) == 0 ? (int) gen.anyLong() >>> gen.intBetween(0, 31) : guest.allocate(8, 64);
    }

    private static void damage(Gen gen, List<Object> flats) {
        for (int index = 0; index < flats.size(); index++) {
            if (gen.intBetween(0, 7) == 0) {
                long bits = gen.bool() ? gen.intBetween(0, 8) : gen.anyLong() >>> gen.intBetween(0, 63);
                flats.set(
                        index,
                        switch (flats.get(index)) {
                            case Integer _ -> (int) bits;
                            case Long _ -> bits;
                            case Float _ -> Float.intBitsToFloat((int) bits);
                            default -> Double.longBitsToDouble(bits);
                        });
            }
        }
    }

    /// The host calls the guest, whose answer lies in memory already, perhaps damaged.
    private void callGuest(Gen gen, Guest guest, boolean typed, boolean code) {
        List<WitValue> arguments =
                type.parameters().stream().map(each -> almost(gen, each.type())).toList();
        Optional<WitValue> result = type.result().map(each -> value(gen, each));
        guest.answer = result.isEmpty() ? null : prepare(guest, result.get());
        if (gen.intBetween(0, 2) == 0) {
            guest.damage(gen.split());
            if (guest.answer != null) {
                List<Object> flats = new ArrayList<>(List.of(guest.answer));
                damage(gen, flats);
                guest.answer = flats.getFirst();
            }
        }
        if (gen.intBetween(0, 3) != 0) {
            guest.dropsFrom(3);
        }
        HostFunction none = (_, _) -> Optional.empty();
        CanonLift interpreted = new CanonLift(
                guest.state,
                prepared,
                guest.core(CanonicalAbi.flatten(type, CanonicalAbi.Context.LIFT), core),
                guest.options(postReturn));
        if (typed) {
            guest.log.add("answered " + java.call(gen, guest.context(none), arguments, code ? null : interpreted));
        } else {
            guest.log.add("answered "
                    + (code ? callLifted(lifted.orElseThrow(), guest, none, arguments) : interpreted.call(arguments)));
        }
    }

    private static Optional<?> callLifted(MethodHandle code, Guest guest, HostFunction none, List<WitValue> arguments) {
        try {
            return (Optional<?>) code.invoke(guest.context(none), arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a checked exception", e);
        }
    }

    /// What the core function is to return: a flat value, or where the result was lowered to.
    private Object prepare(Guest guest, WitValue result) {
        CoreType.Function lowerType = CanonicalAbi.flatten(produce.type(), CanonicalAbi.Context.LOWER);
        MethodHandle call = lowered(guest, produce, (_, _) -> Optional.of(result));
        boolean spilled = !lowerType.parameters().isEmpty();
        int pointer = spilled
                ? guest.allocate(
                        8, Math.toIntExact(CanonicalAbi.elemSize(type.result().orElseThrow())))
                : 0;
        boolean root = guest.state.enterFromHost();
        Object flat;
        try {
            Object[] flats = spilled ? new Object[] {pointer} : new Object[0];
            flat = (Object) invokeProducing.invokeExact(call, flats);
        } catch (Throwable e) {
            throw guest.state.abandon(root, e);
        }
        guest.state.leaveToHost(root);
        return spilled || flat == null ? (Object) pointer : flat;
    }
}
