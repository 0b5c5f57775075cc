package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.WasmModule;
import java.util.List;
import java.util.Map;

/// Compiles one function, and loads nothing.
public final class FunctionCompiler {
    private FunctionCompiler() {}

    /// The class files of a function of a module of whose imports nothing is known, by their names with dots.
    ///
    /// @param digest of the binary, in hexadecimal digits
    public static Map<String, byte[]> compile(WasmModule module, String digest, CodeOptions options, int function) {
        return new FunctionClass(ModuleShape.of(module, digest, options, List.of()), function)
                .make()
                .bytes();
    }
}
