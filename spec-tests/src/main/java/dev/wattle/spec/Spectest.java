package dev.wattle.spec;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The module `spectest`, which the scripts of the core suite import from: functions that print (nowhere), and
/// a memory, a table and globals that are the engine's own, since a module of its makes them.
final class Spectest {
    private static final Map<String, List<Value>> PRINTERS = Map.of(
            "print", List.of(),
            "print_i32", List.of(Value.I32),
            "print_i64", List.of(Value.I64),
            "print_f32", List.of(Value.F32),
            "print_f64", List.of(Value.F64),
            "print_i32_f32", List.of(Value.I32, Value.F32),
            "print_f64_f64", List.of(Value.F64, Value.F64));

    private static final List<String> GLOBALS = List.of("global_i32", "global_i64", "global_f32", "global_f64");
    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final byte[] TEN_TO_TWENTY_FUNCREFS = {1, 0x70, 1, 10, 20};
    private static final byte[] ONE_TO_TWO_PAGES = {1, 1, 1, 2};
    private static final byte[] SIGNED_666 = {(byte) 0x9A, 0x05};
    private static final int END = 0x0B;

    private final CoreModule module;

    Spectest(Engine engine) {
        this.module = engine.compile(binary());
    }

    /// Its exports, anew for each script.
    Map<String, CoreExtern> exports(GuestControl control) {
        CoreInstance instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, control);
        var exports = new HashMap<String, CoreExtern>();
        module.exports().forEach(export -> exports.put(export.name(), instance.export(export.name())));
        PRINTERS.forEach((name, parameters) -> exports.put(name, printer(parameters)));
        return Map.copyOf(exports);
    }

    private static CoreExtern printer(List<Value> parameters) {
        var handle = MethodHandles.empty(MethodType.methodType(
                void.class, parameters.stream().map(Spectest::carrier).toList()));
        return CoreExtern.hostFunction(new CoreType.Function(parameters, List.of()), handle);
    }

    private static Class<?> carrier(Value value) {
        return switch (value) {
            case I32 -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case V128, FUNCREF, EXTERNREF, EXNREF, OTHERREF ->
                throw new IllegalArgumentException("nothing prints " + value);
        };
    }

    private static byte[] binary() {
        var module = new ByteArrayOutputStream();
        module.writeBytes(HEADER);
        section(module, 4, TEN_TO_TWENTY_FUNCREFS);
        section(module, 5, ONE_TO_TWO_PAGES);
        section(module, 6, globals());
        section(module, 7, exportSection());
        return module.toByteArray();
    }

    private static byte[] globals() {
        var globals = new ByteArrayOutputStream();
        globals.write(GLOBALS.size());
        global(globals, 0x7F, 0x41, SIGNED_666);
        global(globals, 0x7E, 0x42, SIGNED_666);
        global(globals, 0x7D, 0x43, littleEndian(Float.BYTES).putFloat(666.6f).array());
        global(globals, 0x7C, 0x44, littleEndian(Double.BYTES).putDouble(666.6).array());
        return globals.toByteArray();
    }

    private static void global(ByteArrayOutputStream globals, int type, int constant, byte[] value) {
        globals.write(type);
        globals.write(0);
        globals.write(constant);
        globals.writeBytes(value);
        globals.write(END);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] exportSection() {
        var exports = new ByteArrayOutputStream();
        exports.write(GLOBALS.size() + 2);
        export(exports, "table", 1, 0);
        export(exports, "memory", 2, 0);
        for (int i = 0; i < GLOBALS.size(); i++) {
            export(exports, GLOBALS.get(i), 3, i);
        }
        return exports.toByteArray();
    }

    private static void export(ByteArrayOutputStream exports, String name, int kind, int index) {
        exports.write(name.length());
        exports.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        exports.write(kind);
        exports.write(index);
    }

    private static void section(ByteArrayOutputStream module, int id, byte[] content) {
        module.write(id);
        module.write(content.length);
        module.writeBytes(content);
    }
}
