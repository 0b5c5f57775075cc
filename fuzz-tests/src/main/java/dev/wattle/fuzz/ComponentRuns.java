package dev.wattle.fuzz;

import dev.wattle.host.component.AbiLimits;
import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.ExternType;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.component.Layer;
import dev.wattle.host.component.LinkedComponent;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.RandomWit;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs components that nobody has checked: links them to nothing, makes an instance, and calls what it exports. What
/// may come of it is a value, a refusal to link, or a trap; whatever else is thrown is passed on.
final class ComponentRuns {
    private static final CoreLimits CORE_LIMITS = new CoreLimits(16L << 20, 100_000);
    private static final AbiLimits ABI_LIMITS = new AbiLimits(10_000, 16, 16, 1 << 20, 1 << 20, 100);

    /// Guests of the suite take microseconds; the rest is for a busy machine.
    private static final int MILLIS = 500;

    private static final int MAX_CALLS = 8;

    /// A list of a fixed length is as long as its type says, which may be very long.
    private static final int MAX_FIXED_LENGTH = 1_000;

    private static final ImportSource NOTHING = new ImportSource() {
        @Override
        public Optional<HostInterface> interfaceFor(InterfaceName name) {
            return Optional.empty();
        }
    };

    private final ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("fuzz-deadlines").factory());
    private long instances;
    private long answers;
    private long traps;

    ComponentRuns() {
        watchdog.setRemoveOnCancelPolicy(true);
    }

    String summary() {
        return "%d instances, %d answers, %d traps".formatted(instances, answers, traps);
    }

    void run(Component component, Gen gen) {
        LinkedComponent linked;
        try {
            linked = component.link(NOTHING, gen.oneOf(List.of(Layer.values())));
        } catch (ComponentException refused) {
            return;
        }
        var control = new GuestControl();
        var deadline = watchdog.schedule(() -> control.stop("the deadline passed"), MILLIS, TimeUnit.MILLISECONDS);
        try (Sandbox sandbox = new Sandbox(control, CORE_LIMITS, ABI_LIMITS, MemoryBudget.ofThisProcess())) {
            ComponentInstance instance = linked.instantiate(sandbox);
            instances++;
            callAll(component, instance, gen);
        } catch (Trap | ComponentException expected) {
            traps++;
        } finally {
            deadline.cancel(false);
        }
    }

    private void callAll(Component component, ComponentInstance instance, Gen gen) {
        var functions = new ArrayList<ComponentFunction>();
        component.type().exports().forEach((name, type) -> {
            if (type instanceof ExternType.FunctionItem) {
                instance.function(name).ifPresent(functions::add);
            }
        });
        for (int i = 0; i < MAX_CALLS && !functions.isEmpty(); i++) {
            call(gen.oneOf(functions), gen);
        }
    }

    private void call(ComponentFunction function, Gen gen) {
        var parameters = function.type().parameters();
        if (!parameters.stream().map(FunctionType.Parameter::type).allMatch(ComponentRuns::canBeMade)) {
            return;
        }
        List<WitValue> arguments = parameters.stream()
                .map(parameter -> RandomWit.value(gen, parameter.type()))
                .toList();
        try {
            var _ = function.call(arguments);
            answers++;
        } catch (Trap trap) {
            traps++;
        }
    }

    private static boolean canBeMade(WitType type) {
        return switch (type) {
            case WitType.Primitive _, WitType.EnumType _, WitType.FlagsType _ -> true;
            case WitType.ListType(var element) -> canBeMade(element);
            case WitType.FixedListType(var element, int length) -> length <= MAX_FIXED_LENGTH && isPlain(element);
            case WitType.MapType(var key, var value) -> canBeMade(key) && canBeMade(value);
            case WitType.RecordType(var fields) -> fields.stream().allMatch(field -> canBeMade(field.type()));
            case WitType.TupleType(var types) -> types.stream().allMatch(ComponentRuns::canBeMade);
            case WitType.VariantType(var cases) ->
                cases.stream().flatMap(each -> each.payload().stream()).allMatch(ComponentRuns::canBeMade);
            case WitType.OptionType(var some) -> canBeMade(some);
            case WitType.ResultType(var ok, var error) ->
                ok.stream().allMatch(ComponentRuns::canBeMade) && error.stream().allMatch(ComponentRuns::canBeMade);
            case WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _ -> false;
        };
    }

    /// Lists of lists of a fixed length multiply.
    private static boolean isPlain(WitType type) {
        return type instanceof WitType.Primitive;
    }
}
