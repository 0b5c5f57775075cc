package dev.wattle.host.component;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.code.Context;
import dev.wattle.host.component.code.InterpretedCode;
import dev.wattle.host.component.code.PlanCode;
import dev.wattle.host.component.code.PlanCode.Side;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Wire;
import dev.wattle.wit.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The code of a plan's functions: generated, or the interpreter where none is made. One use, one thread.
final class WiringCode {
    private final PlanCode code;
    private final ToIntFunction<HostFunction> hostFunctions;
    private final List<Lowered> lowered = new ArrayList<>();
    private final List<Lifted> lifted = new ArrayList<>();
    private final Map<List<Object>, MethodHandle> ready = new HashMap<>();

    /// @param resources where the context has what a resource type of a signature stands for
    /// @param hostFunctions where it has a function of the host
    WiringCode(ToIntFunction<ResourceType> resources, ToIntFunction<HostFunction> hostFunctions) {
        this.code = new PlanCode(resources);
        this.hostFunctions = hostFunctions;
    }

    /// What guests call.
    ///
    /// @param code `(Context, flat parameters…) → flat result`
    record Lowered(CoreType.Function type, MethodHandle code, Wire wire) {}

    /// What the host calls; empty when the interpreter does it.
    ///
    /// @param values `(Context, List) → Optional`
    record Lifted(Optional<MethodHandle> values) {}

    void make(List<Interpreted.Lifted> guests, List<Interpreted.Lowered> imports) {
        List<Optional<PlanCode.Code>> lowering = new ArrayList<>();
        imports.forEach(each -> lowering.add(lower(each, guests)));
        List<Optional<PlanCode.Code>> values = new ArrayList<>();
        for (Interpreted.Lifted each : guests) {
            Side side = new Side(each.state(), each.options());
            values.add(code.lifted(each.type(), side, each.callee()));
        }
        code.define();
        for (int i = 0; i < imports.size(); i++) {
            lowered.add(lowered(i, imports.get(i), lowering.get(i)));
        }
        for (int i = 0; i < guests.size(); i++) {
            lifted.add(new Lifted(values.get(i).map(PlanCode.Code::handle)));
        }
    }

    private Optional<PlanCode.Code> lower(Interpreted.Lowered function, List<Interpreted.Lifted> guests) {
        Side caller = new Side(function.state(), function.options());
        return switch (function.callee()) {
            case Plan.Function.Imported(var name, var _, var host, var _) ->
                switch (host) {
                    case CanonicalFunction _ -> Optional.empty();
                    case TypedHostFunction java -> code.ofJava(name, function.type(), caller, java.handle());
                    default -> code.ofHost(name, function.type(), caller, hostFunctions.applyAsInt(host));
                };
            case Plan.Function.Lifted(int slot) -> {
                Interpreted.Lifted callee = guests.get(slot);
                yield code.ofGuest(
                        function.type(), caller, new Side(callee.state(), callee.options()), callee.callee());
            }
        };
    }

    /// The same for whoever calls through a table that is filled when that core instance is made.
    Lowered ready(Lowered entry, int fixup) {
        MethodHandle handle = ready(entry.code(), fixup);
        return switch (entry.wire()) {
            case Wire.Adapter _ -> new Lowered(entry.type(), handle, new Wire.Adapter(entry.type(), handle));
            default -> new Lowered(entry.type(), handle, new Wire.Host(entry.type(), handle));
        };
    }

    /// The same for whoever calls through a table that is filled when that core instance is made.
    MethodHandle ready(MethodHandle entry, int fixup) {
        return ready.computeIfAbsent(List.of(entry, fixup), _ -> Context.whenReady(entry, fixup));
    }

    private static Lowered lowered(int number, Interpreted.Lowered function, Optional<PlanCode.Code> made) {
        CoreType.Function type = CanonicalAbi.flatten(function.type(), CanonicalAbi.Context.LOWER);
        MethodHandle handle = made.map(PlanCode.Code::handle).orElseGet(() -> InterpretedCode.lowered(type, number));
        boolean adapter = made.isPresent() && function.callee() instanceof Plan.Function.Lifted;
        return new Lowered(type, handle, adapter ? new Wire.Adapter(type, handle) : new Wire.Host(type, handle));
    }

    /// Code for one function more: `(Context, parameters…) → result`, with Java's own types.
    static Optional<MethodHandle> typed(
            Interpreted.Lifted function, ToIntFunction<ResourceType> resources, MethodType types) {
        var own = new PlanCode(resources);
        Side side = new Side(function.state(), function.options());
        Optional<PlanCode.Code> made = own.typed(function.type(), side, function.callee(), types);
        own.define();
        own.initialize();
        return made.map(PlanCode.Code::handle);
    }

    Lowered lowered(int number) {
        return lowered.get(number);
    }

    List<Lifted> lifted() {
        return lifted;
    }

    void initialize() {
        code.initialize();
    }
}
