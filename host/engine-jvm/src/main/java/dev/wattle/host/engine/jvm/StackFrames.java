package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.GuestFrame;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.jvm.binary.BodyReader;
import dev.wattle.host.engine.jvm.binary.LineTable;
import dev.wattle.host.engine.jvm.binary.NameSection;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.code.ModuleCode;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Finds the functions of guests on a JVM stack: the class is `<package>.F<function>`, the line tells the
/// instruction. Holds no module. Safe for any thread.
final class StackFrames implements Trap.FrameReader {
    /// The JVM's line numbers have 16 bits.
    private static final int MAX_LINE = 65_535;

    /// By package. Of a module that is wired there may be many, which go before the module does.
    private final ConcurrentMap<String, WeakReference<ModuleCode>> codes = new ConcurrentHashMap<>();

    void add(ModuleCode code) {
        codes.values().removeIf(known -> known.get() == null);
        codes.put(code.packageName(), new WeakReference<>(code));
    }

    /// What is read of a module's custom sections, for one trap.
    private record Symbols(WasmModule module, NameSection names, LineTable lines) {
        Symbols(WasmModule module) {
            this(module, NameSection.of(module), LineTable.of(module));
        }
    }

    @Override
    public List<GuestFrame> read(StackTraceElement[] stack) {
        Map<String, Symbols> symbols = new HashMap<>();
        List<GuestFrame> frames = new ArrayList<>();
        for (StackTraceElement element : stack) {
            String className = element.getClassName();
            int dot = className.lastIndexOf('.');
            if (dot < 0 || element.getLineNumber() <= 0) {
                continue; // what has no lines is not the function itself but a way to it
            }
            String packageName = className.substring(0, dot);
            int function = functionOf(className.substring(dot + 1));
            Symbols found = function < 0 ? null : symbols.computeIfAbsent(packageName, this::symbols);
            if (found != null) {
                frames.add(frame(found, packageName, function, element.getLineNumber()));
            }
        }
        return List.copyOf(frames);
    }

    private @Nullable Symbols symbols(String packageName) {
        WeakReference<ModuleCode> known = codes.get(packageName);
        ModuleCode code = known == null ? null : known.get();
        return code == null ? null : new Symbols(code.module());
    }

    private static int functionOf(String className) {
        if (className.length() < 2 || className.charAt(0) != 'F') {
            return -1;
        }
        try {
            return Integer.parseInt(className, 1, className.length(), 10);
        } catch (NumberFormatException another) {
            return -1;
        }
    }

    private static GuestFrame frame(Symbols symbols, String packageName, int function, int line) {
        WasmModule module = symbols.module();
        int offset = offset(module, module.bodies().get(function - module.importedFunctions()), line);
        Optional<GuestFrame.Source> source = symbols.lines()
                .find(offset)
                .map(place -> new GuestFrame.Source(place.file(), place.line(), place.column()));
        return new GuestFrame(
                symbols.names().module().orElse(packageName.substring(packageName.indexOf('.') + 1)),
                function,
                symbols.names().function(function).orElse("func[" + function + "]"),
                offset,
                source);
    }

    /// Where the instruction stands that a line means.
    private static int offset(WasmModule module, Body body, int line) {
        int shift = 0;
        while (body.instructions() >> shift >= MAX_LINE) {
            shift++;
        }
        int wanted = (line - 1) << shift;
        var reader = new BodyReader(module, body);
        while (reader.hasNext()) {
            reader.next();
            if (reader.ordinal() >= wanted) {
                return reader.offset();
            }
        }
        return body.end();
    }
}
