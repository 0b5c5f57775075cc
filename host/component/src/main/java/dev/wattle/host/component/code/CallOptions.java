package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.StringEncoding;
import org.jspecify.annotations.Nullable;

/// The options of one canonical definition, as slots of the [Context] and constants of the class.
///
/// @param memory where strings, lists and spilled values lie; [#NONE] when no memory is named
/// @param realloc core function `(i32, i32, i32, i32) -> i32`
/// @param postReturn core function that takes the flat results of the lifted function
record CallOptions(
        StringEncoding encoding,
        int memory,
        @Nullable CoreCallee realloc,
        @Nullable CoreCallee postReturn) {
    /// No slot.
    static final int NONE = -1;

    /// A core function: its code, one for all instances, and which instance it is called on.
    ///
    /// @param handle `(CoreInstance, parameters…) → result`, exact-typed
    /// @param instance by its slot
    record CoreCallee(GeneratedClass.Constant handle, int instance) {}
}
