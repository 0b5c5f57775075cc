package dev.wattle.host.engine;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    /// @throws LinkException when an import has another type than the module wants, or is not what a module
    ///     that was made by [#wire] is wired to
    CoreInstance instantiate(List<CoreExtern> imports, CoreLimits limits, GuestControl guest);

    /// The same module, with code for a wiring: calls of imports that are known go straight to what they are
    /// wired to, so that the JVM can compile both as one. Share by default, and wire what is called often: each
    /// distinct wiring is one more copy of the code. Equal wirings of a module give the same one, as long as
    /// somebody holds it.
    ///
    /// Its instances must be given what the wiring says: for [Wire.Export], that export of an instance of that
    /// module, wired as that one is; for [Wire.Host] and [Wire.Adapter], a function with that code. What they do
    /// is what instances of the plain module do that are given the same. An engine that makes no such code gives
    /// the module itself, whose instances take anything of the right type.
    ///
    /// @param wires one for each of [#imports()], in that order; of a module that is wired already they replace
    ///     the ones it has
    /// @throws LinkException when a wire is not of its import's type, or leads to another engine
    default CoreModule wire(List<Wire> wires) {
        return this;
    }

    /// One handle to an exported function, for whichever instance of this module is its first argument:
    /// `(CoreInstance, parameters…) → result`, otherwise as [CoreExtern.Function#handle()] describes. Kept in a
    /// constant, it spares making a handle for each instance.
    ///
    /// @throws IllegalArgumentException when the module has no such function
    default MethodHandle function(String export) {
        return ExportedFunction.of(this, export);
    }

    /// Is this a module of functions that do nothing but call an entry of a table which it defines and exports, with
    /// their own parameters? By export. Empty when it does more, or when nobody looked.
    default Map<String, TableCall> tableCalls() {
        return Map.of();
    }

    /// Do instances do nothing but fill a table that they import with functions that they import? Empty when they do
    /// more, or when nobody looked.
    default Optional<TableFill> tableFill() {
        return Optional.empty();
    }

    /// A call of a table's entry.
    ///
    /// @param table the name that it is exported by
    record TableCall(String table, int entry) {}

    /// The entries that an instance fills.
    ///
    /// @param table which import it is
    /// @param functions by entry, which import is put there
    record TableFill(int table, Map<Integer, Integer> functions) {
        public TableFill {
            functions = Map.copyOf(functions);
        }
    }

    /// An import: two names and a type.
    record CoreImport(String module, String name, CoreType type) {}

    /// An export: a name and a type.
    record CoreExport(String name, CoreType type) {}
}
