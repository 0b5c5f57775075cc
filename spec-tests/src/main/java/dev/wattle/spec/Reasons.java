package dev.wattle.spec;

import dev.wattle.host.engine.Trap;
import java.util.Locale;

/// Compares the words of a script about what went wrong with ours. They are one runtime's, so this is loose: a trap of
/// core code has to be that one, any rule of the canonical ABI stands for any other.
final class Reasons {
    private Reasons() {}

    static boolean agree(String reason, Trap trap) {
        String words = reason.toLowerCase(Locale.ROOT).replace('-', ' ').replace("`", "");
        return switch (trap.kind()) {
            case INTERRUPTED, EXIT, NO_ANSWER, LINK -> false;
            case LIMIT -> isLimit(words);
            case UNCAUGHT_EXCEPTION -> words.contains("exception");
            case CANONICAL_ABI -> !words.contains(Trap.Kind.UNREACHABLE.reason());
            case INSTANCE_LOCKED -> words.contains("cannot enter");
            case NULL_REFERENCE -> words.contains("null");
            case STACK_EXHAUSTED -> words.contains("stack");
            case UNINITIALIZED_ELEMENT -> words.contains("uninitialized element") || words.contains("null");
            // The specification lets a synchronous task call an async function that does not block. A runtime that
            // refuses the call never comes to the callee, which may do what it likes.
            case UNREACHABLE ->
                words.contains(trap.kind().reason()) || words.contains("cannot block a synchronous task");
            case MEMORY_OUT_OF_BOUNDS,
                    TABLE_OUT_OF_BOUNDS,
                    UNDEFINED_ELEMENT,
                    INDIRECT_CALL_TYPE_MISMATCH,
                    INTEGER_DIVIDE_BY_ZERO,
                    INTEGER_OVERFLOW,
                    INVALID_CONVERSION -> words.contains(trap.kind().reason());
        };
    }

    /// Does the script mean a limit?
    static boolean isLimit(String reason) {
        return reason.contains("too large")
                || reason.contains("too many")
                || reason.contains("too deep")
                || reason.contains("limit")
                || reason.contains("exceed")
                || reason.contains("exhausted");
    }
}
