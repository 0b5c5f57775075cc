package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreModule.TableCall;
import dev.wattle.host.engine.CoreModule.TableFill;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Elements;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import dev.wattle.host.engine.jvm.binary.WasmModule.Mode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Recognizes modules that only pass calls on: compilers emit them where a function needs the memory of a module that
/// imports it. One module's functions call entries of its table, another module fills that table.
final class Forwarding {
    private static final int LOCAL_GET = 0x20;
    private static final int I32_CONST = 0x41;
    private static final int CALL_INDIRECT = 0x11;
    private static final int END = 0x0B;
    private static final int CONTINUES = 0x80;
    private static final int SIGN = 0x40;

    private final WasmModule module;
    private int at;

    Forwarding(WasmModule module) {
        this.module = module;
    }

    /// The functions of the module must all be such, and its table must be empty: nobody but who imports it changes it.
    Map<String, TableCall> tableCalls() {
        boolean empty = module.elements().isEmpty()
                && module.start().isEmpty()
                && module.tables().size() == 1;
        if (!empty || module.importedTables() != 0 || module.importedFunctions() != 0) {
            return Map.of();
        }
        Optional<String> table = module.exports().stream()
                .filter(each -> each.kind() == ExternKind.TABLE)
                .map(WasmModule.Export::name)
                .findFirst();
        if (table.isEmpty()) {
            return Map.of();
        }
        int[] entries = new int[module.bodies().size()];
        for (int i = 0; i < entries.length; i++) {
            OptionalInt entry = read(i);
            if (entry.isEmpty()) {
                return Map.of();
            }
            entries[i] = entry.getAsInt();
        }
        Map<String, TableCall> calls = new HashMap<>();
        for (WasmModule.Export export : module.exports()) {
            if (export.kind() == ExternKind.FUNCTION) {
                calls.put(export.name(), new TableCall(table.get(), entries[export.index()]));
            }
        }
        return calls;
    }

    /// Reads a body that was validated, and gives up at what it does not know; the entry that it calls.
    private OptionalInt read(int function) {
        Body body = module.bodies().get(function);
        at = body.start();
        for (int i = 0; i < module.function(function).parameters().size(); i++) {
            if (next() != LOCAL_GET || number() != i) {
                return OptionalInt.empty();
            }
        }
        if (next() != I32_CONST) {
            return OptionalInt.empty();
        }
        int entry = number();
        boolean calls = next() == CALL_INDIRECT
                && module.types().get(unsigned()).equals(module.functions().get(function))
                && unsigned() == 0
                && next() == END
                && at == body.end();
        return calls ? OptionalInt.of(entry) : OptionalInt.empty();
    }

    private int next() {
        return module.binary()[at++] & 0xFF;
    }

    private int unsigned() {
        int value = 0;
        int shift = 0;
        int read;
        do {
            read = next();
            value |= (read & ~CONTINUES) << shift;
            shift += Byte.SIZE - 1;
        } while ((read & CONTINUES) != 0);
        return value;
    }

    /// Signed; indices of locals that are compared with it are small.
    private int number() {
        int value = 0;
        int shift = 0;
        int read;
        do {
            read = next();
            value |= (read & ~CONTINUES) << shift;
            shift += Byte.SIZE - 1;
        } while ((read & CONTINUES) != 0);
        return (read & SIGN) != 0 && shift < Integer.SIZE ? value | -1 << shift : value;
    }

    /// A module of nothing but imports and active segments of imported functions.
    Optional<TableFill> tableFill() {
        boolean bare = module.bodies().isEmpty()
                && module.start().isEmpty()
                && module.exports().isEmpty()
                && module.data().isEmpty()
                && module.memories().isEmpty()
                && module.globals().isEmpty()
                && module.tags().isEmpty()
                && module.tables().size() == 1
                && module.importedTables() == 1;
        if (!bare) {
            return Optional.empty();
        }
        Map<Integer, Integer> functions = new HashMap<>();
        for (Elements segment : module.elements()) {
            if (!(segment.mode() instanceof Mode.Active active) || !fill(segment, active, functions)) {
                return Optional.empty();
            }
        }
        return Optional.of(new TableFill(position(ExternKind.TABLE, 0), functions));
    }

    private boolean fill(Elements segment, Mode.Active active, Map<Integer, Integer> functions) {
        OptionalInt offset = Constants.sameOffset(active.offset());
        if (offset.isEmpty() || offset.getAsInt() < 0) {
            return false;
        }
        long end = (long) offset.getAsInt() + segment.items().size();
        if (end > module.tables().getFirst().minimum()) {
            return false; // it traps
        }
        for (int i = 0; i < segment.items().size(); i++) {
            OptionalInt function = Constants.sameFunction(segment.items().get(i));
            if (function.isEmpty() || function.getAsInt() == 0) {
                return false;
            }
            functions.put(offset.getAsInt() + i, position(ExternKind.FUNCTION, function.getAsInt() - 1));
        }
        return true;
    }

    private int position(ExternKind kind, int index) {
        for (int i = 0; i < module.imports().size(); i++) {
            WasmModule.Import wanted = module.imports().get(i);
            if (wanted.kind() == kind && wanted.index() == index) {
                return i;
            }
        }
        throw new IllegalStateException("not an import: " + kind + " " + index);
    }
}
