package dev.wattle.host.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The guest broke a rule, or was stopped: unwinds to the root call. The host is fine.
public final class Trap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The reasons of the core specification, of the canonical ABI, and ours.
    public enum Kind {
        UNREACHABLE("unreachable"),
        MEMORY_OUT_OF_BOUNDS("out of bounds memory access"),
        TABLE_OUT_OF_BOUNDS("out of bounds table access"),
        UNDEFINED_ELEMENT("undefined element"),
        UNINITIALIZED_ELEMENT("uninitialized element"),
        INDIRECT_CALL_TYPE_MISMATCH("indirect call type mismatch"),
        INTEGER_DIVIDE_BY_ZERO("integer divide by zero"),
        INTEGER_OVERFLOW("integer overflow"),
        INVALID_CONVERSION("invalid conversion to integer"),
        NULL_REFERENCE("null reference"),
        UNCAUGHT_EXCEPTION("uncaught exception"),
        STACK_EXHAUSTED("call stack exhausted"),
        /// A rule of the canonical ABI: alignment, bounds, handles, reentrance.
        CANONICAL_ABI("canonical ABI violated"),
        /// The instance had trapped before, or was closed.
        INSTANCE_LOCKED("cannot enter component instance"),
        /// A quota of the host was hit.
        LIMIT("limit exceeded"),
        /// The deadline passed, or the caller went away.
        INTERRUPTED("interrupted"),
        /// The guest ended itself with `wasi:cli/exit`.
        EXIT("exit"),
        /// The guest ended without the answer that its caller was promised (no HTTP response, or half of one).
        NO_ANSWER("ended without an answer"),
        /// A call over a link failed; the cause tells how.
        LINK("link failed");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }

        /// The reason in the specification's words.
        public String reason() {
            return reason;
        }
    }

    /// Whoever can tell the functions of guests on a stack.
    @FunctionalInterface
    public interface FrameReader {
        /// The innermost first; empty when there are none of its guests.
        List<GuestFrame> read(StackTraceElement[] stack);
    }

    private final Kind kind;
    private transient @Nullable FrameReader reader;
    private transient @Nullable List<GuestFrame> frames;

    public Trap(Kind kind) {
        this(kind, kind.reason(), null);
    }

    public Trap(Kind kind, String message) {
        this(kind, message, null);
    }

    public Trap(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /// Why.
    public Kind kind() {
        return kind;
    }

    /// The functions of guests that were being called, the innermost first. Read when first asked for, and empty
    /// when the engine cannot tell them, or the module is gone by then.
    public synchronized List<GuestFrame> frames() {
        List<GuestFrame> known = frames;
        if (known == null) {
            known = reader == null ? List.of() : read(reader);
            frames = known;
        }
        return known;
    }

    /// A trap that an engine made of another exception knows only the frames outside the inner guest.
    private List<GuestFrame> read(FrameReader from) {
        List<GuestFrame> own = from.read(getStackTrace());
        Throwable cause = getCause();
        List<GuestFrame> deeper = cause == null ? List.of() : from.read(cause.getStackTrace());
        return deeper.size() > own.size() ? deeper : own;
    }

    /// For engines: who reads the frames; the first counts.
    public synchronized Trap readBy(FrameReader engine) {
        if (reader == null) {
            reader = engine;
        }
        return this;
    }
}
