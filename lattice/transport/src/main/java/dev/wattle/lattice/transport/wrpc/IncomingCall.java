package dev.wattle.lattice.transport.wrpc;

import dev.wattle.wit.ByteString;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/// A call to answer: once, from any thread, soon or later. The first answer counts.
public interface IncomingCall {
    /// The invocation subject.
    String subject();

    /// The headers of the request.
    SortedMap<String, String> headers();

    /// All encoded parameters.
    ByteString params();

    /// When the caller stops waiting, on the transport's clock; nothing when it did not say.
    OptionalLong deadlineNanos();

    /// Answers with encoded results.
    void answer(ByteString results);

    /// Says that the target ran and trapped. Peers that are not ours see an end without results.
    void trapped(String reason);

    /// Says that the target did not run.
    void refused(String reason);

    /// Would an answer still be of use?
    default boolean expired(long nowNanos) {
        OptionalLong deadline = deadlineNanos();
        return deadline.isPresent() && deadline.getAsLong() - nowNanos <= 0;
    }

    /// A header of the request.
    default Optional<String> header(String name) {
        return Optional.ofNullable(headers().get(name));
    }
}
