package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.WasmModule;
import java.util.Map;

/// Compiles functions that are beyond what this process does itself. Safe for any thread.
@FunctionalInterface
public interface LargeFunctions {
    /// Compiles none.
    LargeFunctions REFUSED = (_, _, _, _) -> {
        throw new TooLargeException("nothing here can compile it outside this process", true);
    };

    /// It cannot be compiled with what there is for it.
    final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean end;

        /// @param message what is missing; the function is named by whoever asked
        /// @param end whether it would be the same the next time
        public TooLargeException(String message, boolean end) {
            super(message);
            this.end = end;
        }

        public boolean isFinal() {
            return end;
        }
    }

    /// The class files of a function, by their names with dots, the same that [FunctionCompiler] makes.
    ///
    /// @param digest of the module's binary
    /// @throws TooLargeException when it takes too much time, memory or code
    Map<String, byte[]> compile(WasmModule module, String digest, CodeOptions options, int function);
}
