package dev.wattle.benchmarks;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wire;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Instances of one module that call others: several modules, so that what is not wired cannot be called as if
/// there were one; and Java. By name: `open<i>` and `wired<i>` call the other module number *i*, `openJava` and
/// `wiredJava` a [Step].
final class Callers {
    private static final int CUSTOM_SECTION = 0;
    private static final CoreType.Function STEP =
            new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
    private static final MethodHandle APPLY = apply();

    private final GuestControl control;
    private final CoreModule caller;
    private final Map<String, CoreInstance> instances = new TreeMap<>();

    /// What the other modules do, in Java.
    record Step(int factor, int addend) {
        static final Step LIKE_THE_MODULES = new Step(1664525, 1013904223);

        int apply(int value) {
            return value * factor + addend;
        }
    }

    private Callers(Engine engine, GuestControl control, byte[] caller) {
        this.control = control;
        this.caller = engine.compile(caller);
    }

    /// @param callee is made several modules of
    static Map<String, CoreInstance> of(
            Engine engine, GuestControl control, int callees, byte[] callee, byte[] caller) {
        var callers = new Callers(engine, control, caller);
        for (int i = 0; i < callees; i++) {
            callers.add(i, engine.compile(variant(callee, i)));
        }
        return callers.instances;
    }

    /// A module that differs in a custom section.
    private static byte[] variant(byte[] module, int number) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(module);
        out.writeBytes(new byte[] {CUSTOM_SECTION, 2, 1, (byte) ('a' + number)});
        return out.toByteArray();
    }

    private void add(int number, CoreModule callee) {
        CoreInstance other = callee.instantiate(List.of(), CoreLimits.DEFAULTS, control);
        Wire wire = new Wire.Export(callee, "step");
        add("open" + number, new Wire.Open(), other.export("step"), other);
        add("wired" + number, wire, other.export("step"), other);
        if (number == 0) {
            CoreExtern java = CoreExtern.hostFunction(STEP, APPLY, Step.LIKE_THE_MODULES);
            add("openJava", new Wire.Open(), java, other);
            add("wiredJava", new Wire.Host(STEP, APPLY), java, other);
        }
    }

    /// The functions that the caller imports are `step`; the table is the other's.
    private void add(String name, Wire wire, CoreExtern step, CoreInstance other) {
        var wires = new ArrayList<Wire>();
        var imports = new ArrayList<CoreExtern>();
        for (CoreModule.CoreImport wanted : caller.imports()) {
            boolean function = wanted.type() instanceof CoreType.Function;
            wires.add(function ? wire : new Wire.Open());
            imports.add(function ? step : other.export(wanted.name()));
        }
        instances.put(name, caller.wire(wires).instantiate(imports, CoreLimits.DEFAULTS, control));
    }

    private static MethodHandle apply() {
        try {
            return MethodHandles.lookup().findVirtual(Step.class, "apply", MethodType.methodType(int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("apply", e);
        }
    }
}
