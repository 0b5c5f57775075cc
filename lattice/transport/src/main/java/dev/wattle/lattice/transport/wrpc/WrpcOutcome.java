package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.protocol.CallFailure;
import dev.wattle.wit.ByteString;
import java.util.Objects;

/// What became of a call.
public sealed interface WrpcOutcome {
    /// The target answered with these encoded results.
    record Answered(ByteString results) implements WrpcOutcome {
        public Answered {
            Objects.requireNonNull(results, "results");
        }
    }

    /// There is no answer.
    record Failed(CallFailure failure) implements WrpcOutcome {
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
