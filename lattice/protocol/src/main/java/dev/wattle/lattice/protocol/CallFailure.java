package dev.wattle.lattice.protocol;

import java.util.Objects;

/// Why a call over a link has no answer. What it means for the caller: did the target run?
public sealed interface CallFailure {
    /// A sentence for people.
    String message();

    /// Can the target not have run? Then the call may be made again.
    boolean surelyNotRun();

    /// No host runs the target: it did not run.
    record NobodyListens(String target) implements CallFailure {
        public NobodyListens {
            Objects.requireNonNull(target, "target");
        }

        @Override
        public String message() {
            return "no host runs '" + target + "'";
        }

        @Override
        public boolean surelyNotRun() {
            return true;
        }
    }

    /// The deadline passed without an answer.
    ///
    /// @param taken had somebody taken the call? The outcome is unknown in both cases:
    /// what nobody has taken may still be on its way
    record TimedOut(boolean taken, long afterMillis) implements CallFailure {
        @Override
        public String message() {
            return taken
                    ? "taken, but not answered within " + afterMillis + " ms: the outcome is unknown"
                    : "not taken within " + afterMillis + " ms: the outcome is unknown";
        }

        @Override
        public boolean surelyNotRun() {
            return false;
        }
    }

    /// The connection or the peer went away.
    ///
    /// @param sent had anything been sent? Then the outcome is unknown
    record PeerGone(boolean sent) implements CallFailure {
        @Override
        public String message() {
            return sent ? "the peer went away: the outcome is unknown" : "the lattice cannot be reached";
        }

        @Override
        public boolean surelyNotRun() {
            return !sent;
        }
    }

    /// The peer took the call and would not run it.
    record PeerRefused(String reason) implements CallFailure {
        public PeerRefused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String message() {
            return "refused: " + reason;
        }

        @Override
        public boolean surelyNotRun() {
            return true;
        }
    }

    /// The target ran and trapped, or its answer cannot be read.
    record PeerTrapped(String reason) implements CallFailure {
        public PeerTrapped {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String message() {
            return "trapped: " + reason;
        }

        @Override
        public boolean surelyNotRun() {
            return false;
        }
    }
}
