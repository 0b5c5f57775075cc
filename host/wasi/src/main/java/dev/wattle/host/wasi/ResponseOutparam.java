package dev.wattle.host.wasi;

import java.util.Optional;

/// `wasi:http/types.response-outparam`: where the guest puts its answer, once.
final class ResponseOutparam extends HostObject {
    private Optional<Answer> answer = Optional.empty();

    /// What the guest answered.
    sealed interface Answer {
        /// A response, whose body may still be on its way.
        record Response(OutgoingResponse response) implements Answer {}

        /// An error code, by its name.
        record Failed(String code) implements Answer {}
    }

    Optional<Answer> answer() {
        return answer;
    }

    void set(Answer given) {
        answer = Optional.of(given);
    }
}
