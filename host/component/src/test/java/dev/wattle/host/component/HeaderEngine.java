package dev.wattle.host.component;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreModule.CoreExport;
import dev.wattle.host.engine.CoreModule.CoreImport;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.ModuleException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// An engine that reads what a core module imports and exports, and compiles nothing: fast enough for many
/// thousands of damaged components. It cannot instantiate.
final class HeaderEngine implements Engine {
    @Override
    public String name() {
        return "header";
    }

    @Override
    public boolean polls() {
        return true;
    }

    @Override
    public CoreModule compile(byte[] binary) {
        try {
            return new Header(ByteBuffer.wrap(binary)).read();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ModuleException(ModuleException.Code.MALFORMED, "header: " + e.getMessage(), e);
        }
    }

    private record Module(List<CoreImport> imports, List<CoreExport> exports) implements CoreModule {
        @Override
        public CoreInstance instantiate(List<CoreExtern> imports, CoreLimits limits, GuestControl guest) {
            throw new UnsupportedOperationException("reads headers only");
        }
    }

    private static final class Header {
        private final ByteBuffer bytes;
        private final List<CoreType.Function> types = new ArrayList<>();
        private final List<CoreType> functions = new ArrayList<>();
        private final List<CoreType> tables = new ArrayList<>();
        private final List<CoreType> memories = new ArrayList<>();
        private final List<CoreType> globals = new ArrayList<>();
        private final List<CoreImport> imports = new ArrayList<>();
        private final List<CoreExport> exports = new ArrayList<>();

        Header(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        Module read() {
            require(bytes.getLong() == 0x0061736d01000000L);
            while (bytes.hasRemaining()) {
                int id = bytes.get();
                int size = u32();
                require(size >= 0 && size <= bytes.remaining());
                int end = bytes.position() + size;
                section(id);
                bytes.position(end);
            }
            return new Module(List.copyOf(imports), List.copyOf(exports));
        }

        private void section(int id) {
            switch (id) {
                case 1 -> each(() -> types.add(function()));
                case 2 -> each(this::oneImport);
                case 3 -> each(() -> functions.add(types.get(u32())));
                case 4 -> each(() -> tables.add(table()));
                case 5 -> each(() -> memories.add(memory()));
                case 6 ->
                    each(() -> {
                        globals.add(global());
                        int opcode = bytes.get();
                        require(opcode == 0x41 || opcode == 0x42);
                        long _ = longer();
                        require(bytes.get() == 0x0b);
                    });
                case 7 -> each(this::oneExport);
                default -> {}
            }
        }

        private void each(Runnable one) {
            int count = u32();
            require(count >= 0 && count <= bytes.remaining());
            for (int index = 0; index < count; index++) {
                one.run();
            }
        }

        private void oneImport() {
            String module = name();
            String name = name();
            int kind = bytes.get();
            CoreType type = switch (kind) {
                case 0 -> types.get(u32());
                case 1 -> table();
                case 2 -> memory();
                case 3 -> global();
                default -> throw new IllegalArgumentException("import");
            };
            List.of(functions, tables, memories, globals).get(kind).add(type);
            imports.add(new CoreImport(module, name, type));
        }

        private void oneExport() {
            String name = name();
            int kind = bytes.get();
            exports.add(new CoreExport(
                    name,
                    List.of(functions, tables, memories, globals).get(kind).get(u32())));
        }

        private CoreType.Function function() {
            require(bytes.get() == 0x60);
            return new CoreType.Function(values(), values());
        }

        private List<Value> values() {
            List<Value> values = new ArrayList<>();
            each(() -> values.add(value()));
            return values;
        }

        private Value value() {
            return switch (bytes.get() & 0xFF) {
                case 0x7f -> Value.I32;
                case 0x7e -> Value.I64;
                case 0x7d -> Value.F32;
                case 0x7c -> Value.F64;
                case 0x7b -> Value.V128;
                case 0x70 -> Value.FUNCREF;
                case 0x6f -> Value.EXTERNREF;
                default -> throw new IllegalArgumentException("value type");
            };
        }

        private CoreType.Table table() {
            Value element = value();
            boolean bounded = (bytes.get() & 1) == 1;
            return new CoreType.Table(element, u32(), bounded ? OptionalLong.of(u32()) : OptionalLong.empty());
        }

        private CoreType.Memory memory() {
            boolean bounded = (bytes.get() & 1) == 1;
            return new CoreType.Memory(u32(), bounded ? OptionalLong.of(u32()) : OptionalLong.empty());
        }

        private CoreType.Global global() {
            return new CoreType.Global(value(), bytes.get() == 1);
        }

        private String name() {
            int length = u32();
            require(length >= 0 && length <= bytes.remaining());
            byte[] name = new byte[length];
            bytes.get(name);
            return new String(name, StandardCharsets.UTF_8);
        }

        private int u32() {
            return (int) longer();
        }

        private long longer() {
            long result = 0;
            for (int shift = 0; shift < 70; shift += 7) {
                int next = bytes.get();
                result |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return result;
                }
            }
            throw new IllegalArgumentException("integer");
        }

        private static void require(boolean condition) {
            if (!condition) {
                throw new IllegalArgumentException("header");
            }
        }
    }
}
