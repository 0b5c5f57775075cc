package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.ModuleException.Code;

/// Decodes and validates a module in one pass over its bytes.
public final class ModuleDecoder {
    private ModuleDecoder() {}

    /// What the binary says, when it is well-formed, valid and within the limits.
    ///
    /// @param binary kept by the result: the caller gives it away
    /// @throws ModuleException with the offset and the rule otherwise
    public static WasmModule decode(byte[] binary, ModuleLimits limits) {
        if (binary.length > limits.moduleBytes()) {
            throw new ModuleException(Code.INVALID, "the module exceeds the limit of " + limits.moduleBytes(), 0);
        }
        throw new ModuleException(Code.UNSUPPORTED, "decoding is on its way", 0);
    }
}
