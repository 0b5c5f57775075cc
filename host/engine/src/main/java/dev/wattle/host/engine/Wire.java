package dev.wattle.host.engine;

import java.lang.invoke.MethodHandle;
import java.util.Objects;

/// What is known of an import before there is a sandbox: see [CoreModule#wire].
public sealed interface Wire {
    /// Nothing: it is whatever an instance is given, as in a module that is not wired. The only wire of an
    /// import that is no function.
    record Open() implements Wire {}

    /// That function export of an instance of that module, which may itself be wired.
    record Export(CoreModule module, String name) implements Wire {
        public Export {
            Objects.requireNonNull(module, "module");
            Objects.requireNonNull(name, "name");
        }
    }

    /// A function of the host whose code is one for all sandboxes. What it is about differs: instances are
    /// given it by [CoreExtern#hostFunction(CoreType.Function, MethodHandle, Object)] with the same handle, the
    /// same object that is.
    ///
    /// @param type its core type
    /// @param code `(context, parameters…) → result`: the first parameter is a reference, the others and the
    ///     result are those of [CoreType.Function#handleType()]
    record Host(CoreType.Function type, MethodHandle code) implements Wire {
        public Host {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(code, "code");
        }
    }

    /// The same of code between guests, which is treated as if it were a guest's own: it may run where the stack
    /// is nearly used up, and what ends there, halfway, belongs to nobody but the sandbox. What it throws is
    /// thrown on as it is. Such a call costs what a call within a module does.
    ///
    /// @param type its core type
    /// @param code as that of [Host]
    record Adapter(CoreType.Function type, MethodHandle code) implements Wire {
        public Adapter {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(code, "code");
        }
    }
}
