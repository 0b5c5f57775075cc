package dev.wattle.host.runtime;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A call over a link failed. In the guest it becomes a trap; at the edge it is told by link and reason.
public final class LinkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// How it failed.
    public enum Kind {
        /// No link is defined for the import.
        NO_LINK,
        /// The interface cannot cross the lattice, or the calls on calls are too deep.
        NOT_LINKABLE,
        /// Nobody runs the target: nothing can have run.
        NOBODY_LISTENS,
        /// Taken but unanswered: the outcome is unknown.
        OUTCOME_UNKNOWN,
        /// The connection went away: the outcome is unknown.
        PEER_GONE,
        /// The target refused the call: nothing ran.
        PEER_REFUSED,
        /// The target ran and trapped.
        PEER_TRAPPED,
        /// The two ends disagree about the function.
        TYPE_MISMATCH
    }

    private final Kind kind;
    private final String link;

    /// @param link in words: `gateway -> converter cyber:finance/converter`
    public LinkFailure(Kind kind, String link, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.link = Objects.requireNonNull(link, "link");
    }

    /// How it failed.
    public Kind kind() {
        return kind;
    }

    /// Which link.
    public String link() {
        return link;
    }

    /// Why, for people.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
