package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestMemory;
import java.lang.invoke.MethodHandle;
import run.endive.runtime.GlobalInstance;

/// What instances of Endive export.
final class EndiveExterns {
    private EndiveExterns() {}

    record Function(CoreType.Function type, GuestCall call, MethodHandle handle) implements CoreExtern.Function {}

    record Memory(CoreType.Memory declared, FlatMemory memory) implements CoreExtern.Memory {
        /// Its size now is the minimum that an importer may ask for.
        @Override
        public CoreType.Memory type() {
            return new CoreType.Memory(memory.pages(), declared.maximumPages());
        }

        @Override
        public GuestMemory bytes() {
            return memory;
        }
    }

    record Table(CoreType.Table declared, LimitedTable table) implements CoreExtern.Table {
        @Override
        public CoreType.Table type() {
            return new CoreType.Table(declared.element(), table.size(), declared.maximum());
        }
    }

    record Global(CoreType.Global type, GlobalInstance global) implements CoreExtern.Global {}
}
