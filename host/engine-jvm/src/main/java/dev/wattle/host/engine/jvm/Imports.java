package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreModule.CoreImport;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.jvm.binary.DefinedType;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.code.Signatures;
import dev.wattle.host.engine.jvm.runtime.FunctionReference;
import dev.wattle.host.engine.jvm.runtime.GlobalCell;
import dev.wattle.host.engine.jvm.runtime.Memory;
import dev.wattle.host.engine.jvm.runtime.Scratch;
import dev.wattle.host.engine.jvm.runtime.Table;
import dev.wattle.host.engine.jvm.runtime.Tag;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks what a module's imports are given, by position, and takes out of it what instances work with. Safe for any
/// thread.
///
/// @spec core execution, `instantiation`
final class Imports {
    private final WasmModule module;
    private final List<CoreImport> wanted;
    private final Signatures signatures;

    /// What was last found to be right, by position: finding out costs more than the rest of a link. Written by any
    /// thread; either value is right.
    private final @Nullable Accepted[] accepted;

    /// By position: makes functions of the host. Written by any thread; all are the same.
    private final @Nullable MethodHandle[] hostMakers;

    /// A type of a host function, and of its handle.
    private record Accepted(CoreType.Function type, MethodType handle) {}

    Imports(WasmModule module, List<CoreImport> wanted, Signatures signatures) {
        this.module = module;
        this.wanted = wanted;
        this.signatures = signatures;
        this.accepted = new Accepted[wanted.size()];
        this.hostMakers = new MethodHandle[wanted.size()];
    }

    /// Puts what is given into the first places of the arrays.
    ///
    /// @param wiring of the module, when it is wired
    /// @throws LinkException when something is of another type, of another engine, or of another sandbox, or is not
    ///     what it is wired to
    void link(List<CoreExtern> given, GuestControl guest, Scratch scratch, @Nullable Wiring wiring, Externs into) {
        int count = accepted.length;
        if (given.size() != count) {
            throw new LinkException(count + " imports are wanted, " + given.size() + " are given");
        }
        for (int i = 0; i < count; i++) {
            WasmModule.Import slot = module.imports().get(i);
            CoreExtern extern = given.get(i);
            if (extern instanceof JvmExterns own && own.guest() != guest) {
                throw new LinkException(name(i) + " is given something that lives in another sandbox");
            }
            int index = slot.index();
            switch (slot.kind()) {
                case FUNCTION -> {
                    if (wiring == null || !wiring.take(index, extern, into)) {
                        into.functions()[index] = function(i, index, extern, scratch);
                    }
                }
                case MEMORY -> into.memories()[index] = memory(i, index, extern);
                case TABLE -> into.tables()[index] = table(i, index, extern);
                case GLOBAL -> into.globals()[index] = global(i, index, extern);
                case TAG -> into.tags()[index] = tag(i, index, extern);
            }
        }
    }

    /// What an instance has by index: the imported first, then its own.
    ///
    /// @param functions the imported ones only; null for those that are wired, unless they are called by reference
    /// @param wired what imported functions are given that are wired: the instance with the function, or the host's
    ///     first argument; empty when the module is not wired
    /// @param globals the imported ones only
    @SuppressWarnings("ArrayRecordComponent") // filled by position, and compared by nobody
    record Externs(
            @Nullable FunctionReference[] functions,
            @Nullable Object[] wired,
            Memory[] memories,
            Table[] tables,
            GlobalCell[] globals,
            Tag[] tags) {}

    private FunctionReference function(int position, int index, CoreExtern given, Scratch scratch) {
        DefinedType exact = module.functions().get(index);
        return switch (given) {
            case JvmExterns.OfFunction own -> {
                if (!own.exact().equals(exact)) {
                    throw mismatch(position, given);
                }
                yield own.reference();
            }
            case CoreExtern.Function host -> {
                checkHost(position, host);
                yield host(position, exact, host.handle(), scratch);
            }
            default -> throw mismatch(position, given);
        };
    }

    private FunctionReference host(int position, DefinedType exact, MethodHandle handle, Scratch scratch) {
        MethodHandle maker = hostMakers[position];
        if (maker == null) {
            maker = signatures.host(exact);
            hostMakers[position] = maker;
        }
        try {
            return (FunctionReference) maker.invokeExact(handle, scratch);
        } catch (Throwable e) {
            throw new IllegalStateException("no function of the host of type " + exact, e);
        }
    }

    private void checkHost(int position, CoreExtern.Function host) {
        Accepted known = accepted[position];
        CoreType.Function type = host.type();
        if (!EntryArguments.fit(module.functions()
                .get(module.imports().get(position).index())
                .function()
                .parameters())) {
            throw EntryArguments.tooMany(name(position));
        }
        MethodType handle = host.handle().type();
        if (known != null && known.handle().equals(handle) && known.type().equals(type)) {
            return;
        }
        if (!type.equals(wanted.get(position).type())) {
            throw mismatch(position, host);
        }
        if (!handle.equals(type.handleType())) {
            throw new LinkException("incompatible import type: " + name(position) + " wants a function of type " + type
                    + ", but is given a handle of type " + handle);
        }
        accepted[position] = new Accepted(type, handle);
    }

    private Memory memory(int position, int index, CoreExtern given) {
        WasmModule.Memory type = module.memories().get(index);
        if (given instanceof JvmExterns.OfMemory own
                && Matching.within(
                        own.memory().pages(),
                        own.declared().maximumPages(),
                        type.minimumPages(),
                        type.maximumPages())) {
            return own.memory();
        }
        throw mismatch(position, given);
    }

    private Table table(int position, int index, CoreExtern given) {
        WasmModule.Table type = module.tables().get(index);
        if (given instanceof JvmExterns.OfTable own
                && own.declared().element().equals(type.element())
                && Matching.within(own.table().size(), own.declared().maximum(), type.minimum(), type.maximum())) {
            return own.table();
        }
        throw mismatch(position, given);
    }

    private GlobalCell global(int position, int index, CoreExtern given) {
        WasmModule.Global type = module.globals().get(index);
        if (given instanceof JvmExterns.OfGlobal own
                && own.declared().mutable() == type.mutable()
                && (type.mutable() ? own.exact().equals(type.type()) : Matching.matches(own.exact(), type.type()))) {
            return own.cell();
        }
        throw mismatch(position, given);
    }

    private Tag tag(int position, int index, CoreExtern given) {
        if (given instanceof JvmExterns.OfTag own
                && own.exact().equals(module.tags().get(index))) {
            return own.tag();
        }
        throw mismatch(position, given);
    }

    private String name(int position) {
        CoreImport slot = wanted.get(position);
        return "import '" + slot.module() + "' '" + slot.name() + "'";
    }

    private LinkException mismatch(int position, CoreExtern given) {
        boolean foreign = !(given instanceof JvmExterns) && !(given instanceof CoreExtern.Function);
        return new LinkException("incompatible import type: " + name(position) + " wants "
                + wanted.get(position).type() + ", but is given "
                + (foreign ? "something of another engine" : given.type().toString()));
    }
}
