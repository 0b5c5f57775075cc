package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.binary.ComponentValidator;
import dev.wattle.host.component.binary.Definition.CoreModuleBytes;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.ModuleException;
import java.util.Arrays;

/// The core modules of a file, compiled by an engine.
final class EngineModules implements ComponentValidator.Modules {
    private final Engine engine;
    private final byte[] file;

    EngineModules(Engine engine, byte[] file) {
        this.engine = engine;
        this.file = file;
    }

    @Override
    public byte[] bytes(CoreModuleBytes bytes) {
        return Arrays.copyOfRange(file, bytes.start(), bytes.end());
    }

    @Override
    public CoreModule compile(CoreModuleBytes bytes) {
        return compile(bytes(bytes), bytes.offset());
    }

    @Override
    public CoreModule compile(byte[] module, long offset) {
        try {
            return engine.compile(module);
        } catch (ModuleException e) {
            Code code = switch (e.code()) {
                case MALFORMED -> Code.MALFORMED;
                case INVALID -> Code.INVALID;
                case UNSUPPORTED -> Code.UNSUPPORTED;
            };
            throw new ComponentException(code, offset, "the core module inside cannot be used: " + e.getMessage(), e);
        }
    }
}
