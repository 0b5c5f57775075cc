package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import dev.wattle.host.engine.GuestControl;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Small components written by hand, in hexadecimal digits.
final class HandMade {
    static final String PREAMBLE = "0061736d0d000100";

    /// A core module, an instance of it, and its exports as core memory 0, core table 0 and core functions 0
    /// (realloc), 1 (callback), 2 (`(i32) -> ()`) and 3 (`() -> ()`); a core type 0, `(i32) -> ()`.
    static final String GUEST = section(1, "0061736d01000000")
            + section(2, "01 00 00 00")
            + section(
                    6,
                    "06 00 02 01 00 01 6d  00 01 01 00 01 74  00 00 01 00 01 72"
                            + "00 00 01 00 01 63  00 00 01 00 01 73  00 00 01 00 01 6e")
            + section(3, "01 60 01 7f 00");

    private HandMade() {}

    /// Decodes and validates; all features are on.
    static ValidComponent load(String sections) {
        return load(sections, Feature.all());
    }

    static ValidComponent load(String sections, Set<Feature> allowed) {
        byte[] file = HexFormat.of().parseHex(PREAMBLE + sections.replace(" ", ""));
        FeatureGate features = new FeatureGate(allowed);
        return ComponentValidator.validate(
                ComponentDecoder.decode(file, features), new Guests(), features, new TypeNames());
    }

    private record Guests() implements ComponentValidator.Modules {
        @Override
        public CoreModule compile(Definition.CoreModuleBytes bytes) {
            return new Guest();
        }

        @Override
        public CoreModule compile(byte[] module, long offset) {
            return new Guest();
        }
    }

    /// A section with its length.
    static String section(int id, String content) {
        byte[] bytes = HexFormat.of().parseHex(content.replace(" ", ""));
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        section.write(id);
        int size = bytes.length;
        while (size >= 0x80) {
            section.write((size & 0x7F) | 0x80);
            size >>>= 7;
        }
        section.write(size);
        section.writeBytes(bytes);
        return HexFormat.of().formatHex(section.toByteArray());
    }

    /// A module that has what canonical options name.
    private record Guest() implements CoreModule {
        @Override
        public List<CoreImport> imports() {
            return List.of();
        }

        @Override
        public List<CoreExport> exports() {
            List<Value> three = List.of(Value.I32, Value.I32, Value.I32);
            List<Value> four = List.of(Value.I32, Value.I32, Value.I32, Value.I32);
            return List.of(
                    new CoreExport("m", new CoreType.Memory(1, OptionalLong.empty())),
                    new CoreExport("t", new CoreType.Table(Value.FUNCREF, 1, OptionalLong.empty())),
                    new CoreExport("r", new CoreType.Function(four, List.of(Value.I32))),
                    new CoreExport("c", new CoreType.Function(three, List.of(Value.I32))),
                    new CoreExport("s", new CoreType.Function(List.of(Value.I32), List.of())),
                    new CoreExport("n", new CoreType.Function(List.of(), List.of())));
        }

        @Override
        public CoreInstance instantiate(List<CoreExtern> imports, CoreLimits limits, GuestControl guest) {
            throw new UnsupportedOperationException("has no code");
        }
    }
}
