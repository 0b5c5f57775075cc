package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.jvm.Imports.Externs;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.runtime.Instance;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An instance, with what it imports and what it owns.
final class JvmInstance implements CoreInstance {
    /// Its life is not timed.
    private static final long UNTIMED = 0;

    private final JvmModule module;
    private final ModuleVersion version;
    private final Instance live;
    private final Externs externs;
    private final List<CoreExtern> imports;
    private long born = UNTIMED;

    /// By export; made when first asked for.
    private @Nullable CoreExtern @Nullable [] exports;

    JvmInstance(JvmModule module, ModuleVersion version, Instance live, Externs externs, List<CoreExtern> imports) {
        this.module = module;
        this.version = version;
        this.live = live;
        this.externs = externs;
        this.imports = imports;
    }

    JvmModule module() {
        return module;
    }

    ModuleVersion version() {
        return version;
    }

    Instance live() {
        return live;
    }

    GuestControl guest() {
        return live.control;
    }

    /// From now on its life is timed.
    void time() {
        born = System.nanoTime();
    }

    /// A handle to a function of its own.
    MethodHandle handle(int function) {
        return version.handle(function).bindTo(live);
    }

    @Override
    public CoreExtern export(String name) {
        int position = module.exportPosition(name);
        var known = exports;
        if (known == null) {
            known = new CoreExtern[module.exports().size()];
            exports = known;
        }
        CoreExtern extern = known[position];
        if (extern == null) {
            extern = make(module.binary().exports().get(position));
            known[position] = extern;
        }
        return extern;
    }

    private CoreExtern make(WasmModule.Export export) {
        // An import that is exported again is the same thing still.
        int imported = module.importPosition(export.kind(), export.index());
        if (imported >= 0) {
            return imports.get(imported);
        }
        WasmModule binary = module.binary();
        int index = export.index();
        return switch (export.kind()) {
            case FUNCTION -> new JvmExterns.OfFunction(this, index);
            case MEMORY -> new JvmExterns.OfMemory(binary.memories().get(index), externs.memories()[index], guest());
            case TABLE -> new JvmExterns.OfTable(binary.tables().get(index), externs.tables()[index], guest());
            case GLOBAL -> new JvmExterns.OfGlobal(binary.globals().get(index), live.global(index), guest());
            case TAG -> new JvmExterns.OfTag(binary.tags().get(index), externs.tags()[index], guest());
        };
    }

    @Override
    public void close() {
        if (born != UNTIMED) {
            module.policy().lived(System.nanoTime() - born);
            born = UNTIMED;
        }
        module.release(externs);
    }
}
