package dev.wattle.spec;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import java.util.List;

/// Reads a global, which the engine's contract leaves to guests: by a module that imports it and exports a
/// function that answers its value.
final class GlobalReader {
    private GlobalReader() {}

    /// The function that reads `global`.
    static CoreExtern.Function reader(Engine engine, CoreExtern.Global global, GuestControl control) {
        var instance = engine.compile(binary(global.type())).instantiate(List.of(global), CoreLimits.DEFAULTS, control);
        return (CoreExtern.Function) instance.export("");
    }

    private static byte[] binary(CoreType.Global type) {
        byte value = code(type.value());
        byte mutable = (byte) (type.mutable() ? 1 : 0);
        return new byte[] {
            0,
            'a',
            's',
            'm',
            1,
            0,
            0,
            0, // header
            1,
            5,
            1,
            0x60,
            0,
            1,
            value, // types: [] -> [value]
            2,
            6,
            1,
            0,
            0,
            3,
            value,
            mutable, // imports: "" "" global
            3,
            2,
            1,
            0, // functions
            7,
            4,
            1,
            0,
            0,
            0, // exports: ""
            10,
            6,
            1,
            4,
            0,
            0x23,
            0,
            0x0B // code: global.get 0
        };
    }

    private static byte code(CoreType.Value value) {
        return switch (value) {
            case I32 -> 0x7F;
            case I64 -> 0x7E;
            case F32 -> 0x7D;
            case F64 -> 0x7C;
            case V128 -> 0x7B;
            case FUNCREF -> 0x70;
            case EXTERNREF -> 0x6F;
            case EXNREF -> 0x69;
            case OTHERREF -> throw new IllegalArgumentException("cannot read a global of a type of the module's own");
        };
    }
}
