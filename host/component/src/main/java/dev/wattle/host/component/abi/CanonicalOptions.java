package dev.wattle.host.component.abi;

import dev.wattle.host.engine.GuestMemory;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.Optional;

/// The options of one `canon lift` or `canon lower`, bound to the core instances of one component instance.
///
/// Validation has made sure that memory and realloc are there when the function's type needs them.
///
/// @param memory where strings, lists and spilled values lie
/// @param realloc core function `(i32, i32, i32, i32) -> i32`, exact-typed
/// @param postReturn core function that takes the flat results of the lifted function and returns nothing,
/// exact-typed
/// @param async may a call block? Then the lifted function answers by `task.return`, and the lowered one
/// with the state of its subtask
/// @param callback core function `(i32, i32, i32) -> i32`, exact-typed, that an async function is told
/// events by
/// @spec CanonicalABI.md `canonopt`
public record CanonicalOptions(
        StringEncoding encoding,
        Optional<GuestMemory> memory,
        Optional<MethodHandle> realloc,
        Optional<MethodHandle> postReturn,
        boolean async,
        Optional<MethodHandle> callback) {
    /// No option given: `utf8`, and nothing that needs memory.
    public static final CanonicalOptions NONE =
            new CanonicalOptions(StringEncoding.UTF8, Optional.empty(), Optional.empty(), Optional.empty());

    /// The options of a function that returns at once.
    public CanonicalOptions(
            StringEncoding encoding,
            Optional<GuestMemory> memory,
            Optional<MethodHandle> realloc,
            Optional<MethodHandle> postReturn) {
        this(encoding, memory, realloc, postReturn, false, Optional.empty());
    }

    CanonicalAbi.Concurrency concurrency() {
        if (!async) {
            return CanonicalAbi.Concurrency.SYNC;
        }
        return callback.isPresent() ? CanonicalAbi.Concurrency.ASYNC_CALLBACK : CanonicalAbi.Concurrency.ASYNC;
    }

    /// Do both read values in the same way? These are the options of a `task.return`, which names no memory
    /// when its result needs none.
    ///
    /// @spec CanonicalABI.md `LiftOptions.equal`
    @SuppressWarnings("ReferenceEquality") // it has to be the same memory, not one like it
    boolean liftsAs(CanonicalOptions other) {
        return encoding == other.encoding
                && (memory.isEmpty() || memory.get() == other.memory().orElse(null));
    }

    public CanonicalOptions {
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(realloc, "realloc");
        Objects.requireNonNull(postReturn, "postReturn");
        Objects.requireNonNull(callback, "callback");
    }
}
