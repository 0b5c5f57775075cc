package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.jvm.binary.DefinedType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.runtime.FunctionReference;
import dev.wattle.host.engine.jvm.runtime.GlobalCell;
import dev.wattle.host.engine.jvm.runtime.Instance;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// What instances of this engine export: known by their exact types, and bound to the sandbox they live in.
///
/// Names of the runtime are spelled out, because those of the contract's nested types hide them here.
sealed interface JvmExterns {
    /// The sandbox it lives in.
    GuestControl guest();

    /// A function of an instance.
    final class OfFunction implements JvmExterns, CoreExtern.Function {
        private final JvmInstance instance;
        private final int index;
        private @Nullable MethodHandle handle;

        OfFunction(JvmInstance instance, int index) {
            this.instance = instance;
            this.index = index;
        }

        @Override
        public CoreType.Function type() {
            return CoreTypes.of(instance.module().binary().function(index));
        }

        JvmModule module() {
            return instance.module();
        }

        int index() {
            return index;
        }

        Instance live() {
            return instance.live();
        }

        DefinedType exact() {
            return instance.module().binary().functions().get(index);
        }

        FunctionReference reference() {
            return instance.live().reference(index);
        }

        @Override
        public GuestControl guest() {
            return instance.guest();
        }

        /// Made when it is first asked for: many functions are only linked.
        @Override
        public MethodHandle handle() {
            MethodHandle known = handle;
            if (known == null) {
                known = instance.handle(index);
                handle = known;
            }
            return known;
        }
    }

    /// A memory; its size now is the minimum that an importer may ask for.
    record OfMemory(WasmModule.Memory declared, dev.wattle.host.engine.jvm.runtime.Memory memory, GuestControl guest)
            implements JvmExterns, CoreExtern.Memory {
        @Override
        public CoreType.Memory type() {
            return new CoreType.Memory(memory.pages(), declared.maximumPages());
        }

        @Override
        public GuestMemory bytes() {
            return memory;
        }
    }

    /// A table, likewise.
    record OfTable(WasmModule.Table declared, dev.wattle.host.engine.jvm.runtime.Table table, GuestControl guest)
            implements JvmExterns, CoreExtern.Table {
        @Override
        public CoreType.Table type() {
            return new CoreType.Table(CoreTypes.of(declared).element(), table.size(), declared.maximum());
        }
    }

    /// A global.
    record OfGlobal(WasmModule.Global declared, GlobalCell cell, GuestControl guest)
            implements JvmExterns, CoreExtern.Global {
        @Override
        public CoreType.Global type() {
            return CoreTypes.of(declared);
        }

        ValueType exact() {
            return declared.type();
        }
    }

    /// A tag.
    record OfTag(DefinedType exact, dev.wattle.host.engine.jvm.runtime.Tag tag, GuestControl guest)
            implements JvmExterns, CoreExtern.Tag {
        @Override
        public CoreType.Tag type() {
            return new CoreType.Tag(CoreTypes.of(exact.function()));
        }
    }
}
