package dev.wattle.host.engine;

import java.lang.invoke.MethodHandle;

/// Something that a core module exports or imports, alive in one sandbox.
public interface CoreExtern {
    /// Its type.
    CoreType type();

    /// A function: of a guest, or of the host (made by [#hostFunction]).
    non-sealed interface Function extends Kind {
        @Override
        CoreType.Function type();

        /// Exact-typed: `i32` is int, `i64` long, `f32` float, `f64` double, `v128` is [V128], references are
        /// Object. No result is void, one result is its type, more are an `Object[]`. A guest's trap is thrown
        /// as [Trap].
        MethodHandle handle();
    }

    /// A function of the host whose code is one for all sandboxes, with what it is about in this one.
    interface WithContext extends Function {
        /// `(context, parameters…) → result`. [#handle()] is this, bound to the context; whoever calls the code
        /// itself spares making that.
        MethodHandle code();

        Object context();
    }

    /// A linear memory.
    non-sealed interface Memory extends Kind {
        @Override
        CoreType.Memory type();

        /// Direct access for lifting and lowering. The same object for the instance's whole life; it follows
        /// `memory.grow`.
        GuestMemory bytes();
    }

    /// A table.
    non-sealed interface Table extends Kind {
        @Override
        CoreType.Table type();
    }

    /// A global.
    non-sealed interface Global extends Kind {
        @Override
        CoreType.Global type();
    }

    /// A tag: what an exception is thrown and caught by.
    non-sealed interface Tag extends Kind {
        @Override
        CoreType.Tag type();
    }

    /// The closed set of externs.
    sealed interface Kind extends CoreExtern permits Function, Memory, Table, Global, Tag {}

    /// A function of the host, to be imported by a core module of any engine.
    ///
    /// @param type its core type
    /// @param handle of the exact Java type that [Function#handle()] describes
    static Function hostFunction(CoreType.Function type, MethodHandle handle) {
        return new HostFunction(type, handle);
    }

    /// A function of the host whose code is one for all sandboxes: what a [Wire.Host] or [Wire.Adapter] with the same
    /// handle is given. Any other import may be given it, too.
    ///
    /// @param type its core type
    /// @param code `(context, parameters…) → result`: of the exact Java type that [Function#handle()]
    ///     describes, after a first parameter
    /// @param context the first argument in this sandbox
    static WithContext hostFunction(CoreType.Function type, MethodHandle code, Object context) {
        return new ContextFunction(type, code, context);
    }
}
