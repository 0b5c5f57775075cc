package dev.wattle.host.engine.jvm.code;

import java.lang.invoke.MethodHandle;

/// What the code of a module knows of a function that it imports.
public sealed interface ImportCode {
    /// Nothing: it calls the reference that its instance is given.
    record Unknown() implements ImportCode {}

    /// That it is a function of that code, not itself an import there: instances are given the instance that
    /// has it.
    record OfModule(ModuleCode code, int function) implements ImportCode {}

    /// That it is that code of the host: instances are given the first argument.
    ///
    /// @param code `(Object, parameters…) → result`, otherwise as the engine's contract has them
    /// @param adapter is it code between guests, and called like theirs?
    record OfHost(MethodHandle code, boolean adapter) implements ImportCode {}
}
