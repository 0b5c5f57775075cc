package dev.wattle.fuzz;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreModule.CoreImport;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wire;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The functions of the host that generated modules import, and the trace of their calls.
final class Host {
    static final String NOTE = "note";
    static final String MIX = "mix";

    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final MethodHandle NOTE_HANDLE = find(NOTE, MethodType.methodType(void.class, int.class));
    private static final MethodHandle MIX_HANDLE = find(MIX, MethodType.methodType(long.class, int.class, long.class));

    private final GuestControl guest;
    private long trace = 1;

    Host(GuestControl guest) {
        this.guest = guest;
    }

    CoreExtern extern(CoreImport wanted) {
        if (!(wanted.type() instanceof CoreType.Function type)) {
            throw new IllegalArgumentException("the host has nothing of the type of " + wanted);
        }
        return switch (wanted.name()) {
            case NOTE -> CoreExtern.hostFunction(type, NOTE_HANDLE, this);
            case MIX -> CoreExtern.hostFunction(type, MIX_HANDLE, this);
            default -> throw new IllegalArgumentException("the host has no " + wanted.name());
        };
    }

    /// What a function of the host is wired to.
    static Wire wire(CoreImport wanted) {
        if (!(wanted.type() instanceof CoreType.Function type)) {
            throw new IllegalArgumentException("the host has nothing of the type of " + wanted);
        }
        return new Wire.Host(type, wanted.name().equals(NOTE) ? NOTE_HANDLE : MIX_HANDLE);
    }

    long trace() {
        return trace;
    }

    void note(int value) {
        guest.host();
        trace = trace * FACTOR + value;
        guest.resume();
    }

    long mix(int left, long right) {
        guest.host();
        trace = trace * FACTOR + left;
        trace = trace * FACTOR + right;
        guest.resume();
        return right ^ (left * FACTOR);
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return MethodHandles.lookup().findVirtual(Host.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no method " + name, e);
        }
    }
}
