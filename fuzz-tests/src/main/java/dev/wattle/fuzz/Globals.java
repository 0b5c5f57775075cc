package dev.wattle.fuzz;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads exported globals of numbers: by a module that imports one and returns its value. One thread at a time.
final class Globals {
    private static final int GLOBAL_KIND = 3;
    private static final int FUNCTION_TYPE = 0x60;
    private static final int END = 0x0B;

    private final Engine engine;
    private final Map<CoreType.Global, CoreModule> readers = new HashMap<>();

    Globals(Engine engine) {
        this.engine = engine;
    }

    /// Its value, as its Java type.
    Object value(CoreExtern.Global global, GuestControl guest) throws Throwable {
        CoreModule reader = readers.computeIfAbsent(global.type(), type -> engine.compile(reader(type)));
        try (CoreInstance instance = reader.instantiate(List.of(global), CoreLimits.DEFAULTS, guest)) {
            return ((CoreExtern.Function) instance.export("get")).handle().invokeWithArguments();
        }
    }

    private static byte[] reader(CoreType.Global type) {
        int value = Type.valueOf(type.value().name()).code();
        return new Bytes()
                .raw(0, 'a', 's', 'm', 1, 0, 0, 0)
                .raw(1)
                .sized(new Bytes().raw(1, FUNCTION_TYPE, 0, 1, value).toArray())
                .raw(2)
                .sized(new Bytes()
                        .raw(1)
                        .name("host")
                        .name("global")
                        .raw(GLOBAL_KIND, value, type.mutable() ? 1 : 0)
                        .toArray())
                .raw(3)
                .sized(new Bytes().raw(1, 0).toArray())
                .raw(7)
                .sized(new Bytes().raw(1).name("get").raw(0, 0).toArray())
                .raw(10)
                .sized(new Bytes().raw(1, 4, 0, Code.GLOBAL_GET, 0, END).toArray())
                .toArray();
    }
}
