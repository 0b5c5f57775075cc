package dev.wattle.host.engine;

import java.lang.invoke.MethodHandle;
import java.util.List;

/// A compiled core module: immutable, shared by all instances and threads.
public interface CoreModule {
    /// What it imports, in the order of the binary.
    List<CoreImport> imports();

    /// What it exports, in the order of the binary.
    List<CoreExport> exports();

    /// What an operator should know about it, such as functions that run slowly; empty when there is nothing.
    default List<String> notes() {
        return List.of();
    }

    /// Makes an instance: allocates memories, tables and globals, runs segments and the start function.
    ///
    /// @param imports one extern for each of [#imports()], in that order
    /// @param limits what the instance may use
    /// @param guest the thread of control that its code runs under; the instance is bound to it
    /// @throws Trap when a segment is out of bounds or the start function traps
    /// @throws LinkException when an import has another type than the module wants
    CoreInstance instantiate(List<CoreExtern> imports, CoreLimits limits, GuestControl guest);

    /// One handle to an exported function, for whichever instance of this module is its first argument:
    /// `(CoreInstance, parameters…) → result`, otherwise as [CoreExtern.Function#handle()] describes. Kept in a
    /// constant, it spares making a handle for each instance.
    ///
    /// @throws IllegalArgumentException when the module has no such function
    default MethodHandle function(String export) {
        return ExportedFunction.of(this, export);
    }

    /// An import: two names and a type.
    record CoreImport(String module, String name, CoreType type) {}

    /// An export: a name and a type.
    record CoreExport(String name, CoreType type) {}
}
