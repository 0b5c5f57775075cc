package dev.wattle.control.server.client;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.Manifest;
import dev.wattle.control.model.ManifestWriter;
import dev.wattle.control.model.StoredFormatException;
import dev.wattle.control.model.WadmAnswer;
import dev.wattle.control.model.WadmAnswer.ModelSummary;
import dev.wattle.control.model.WadmAnswer.Result;
import dev.wattle.control.server.client.WadmException.Code;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.Transport.Reply;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the control planes of a lattice by wadm's API. Blocks until the answer or the timeout; safe for any
/// thread. An error in an answer is a [WadmException]; "not found" is an answer.
public final class WadmClient {
    private final Transport transport;
    private final LatticeName lattice;
    private final Duration timeout;

    public WadmClient(Transport transport, LatticeName lattice, Duration timeout) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.lattice = Objects.requireNonNull(lattice, "lattice");
        this.timeout = Objects.requireNonNull(timeout, "timeout");
    }

    /// Stores a version.
    public WadmAnswer.Put put(Manifest manifest) {
        var message = message("put", ManifestWriter.write(manifest)).withHeader("Content-Type", "application/json");
        return checked(message, WadmAnswer.Put::fromJson, WadmAnswer.Put::result, WadmAnswer.Put::message);
    }

    /// Lets a version run; the newest when none is given.
    public WadmAnswer.Deploy deploy(AppName app, Optional<String> version) {
        var message = message("deploy." + app, WadmAnswer.versionRequest(version));
        return checked(message, WadmAnswer.Deploy::fromJson, WadmAnswer.Deploy::result, WadmAnswer.Deploy::message);
    }

    /// Lets none run.
    public WadmAnswer.Deploy undeploy(AppName app) {
        var message = message("undeploy." + app, ByteString.EMPTY);
        return checked(message, WadmAnswer.Deploy::fromJson, WadmAnswer.Deploy::result, WadmAnswer.Deploy::message);
    }

    /// Removes a version, or all when none is given.
    public WadmAnswer.Delete delete(AppName app, Optional<String> version) {
        var message = message("del." + app, WadmAnswer.versionRequest(version));
        return checked(message, WadmAnswer.Delete::fromJson, WadmAnswer.Delete::result, WadmAnswer.Delete::message);
    }

    /// All applications.
    public List<ModelSummary> list() {
        return read(ask(message("list", ByteString.EMPTY)), WadmAnswer.Listing::fromJson)
                .models();
    }

    /// A version; the newest when none is given.
    public WadmAnswer.Get get(AppName app, Optional<String> version) {
        var message = message("get." + app, WadmAnswer.versionRequest(version));
        return checked(message, WadmAnswer.Get::fromJson, WadmAnswer.Get::result, WadmAnswer.Get::message);
    }

    /// All versions.
    public WadmAnswer.Versions versions(AppName app) {
        var message = message("versions." + app, ByteString.EMPTY);
        return checked(
                message, WadmAnswer.Versions::fromJson, WadmAnswer.Versions::result, WadmAnswer.Versions::message);
    }

    /// How it is.
    public WadmAnswer.Status status(AppName app) {
        var message = message("status." + app, ByteString.EMPTY);
        return checked(message, WadmAnswer.Status::fromJson, WadmAnswer.Status::result, WadmAnswer.Status::message);
    }

    private Message message(String operation, ByteString payload) {
        return Message.of("wadm.api." + lattice + ".model." + operation, payload);
    }

    private <T> T checked(
            Message question, Function<ByteString, T> reader, Function<T, Result> result, Function<T, String> message) {
        T answer = read(ask(question), reader);
        if (result.apply(answer) == Result.ERROR) {
            throw new WadmException(Code.REFUSED, message.apply(answer));
        }
        return answer;
    }

    private static <T> T read(ByteString payload, Function<ByteString, T> reader) {
        try {
            return reader.apply(payload);
        } catch (StoredFormatException unreadable) {
            throw new WadmException(Code.BAD_ANSWER, String.valueOf(unreadable.getMessage()));
        }
    }

    private ByteString ask(Message question) {
        BlockingQueue<Reply> replies = new ArrayBlockingQueue<>(1);
        transport.request(question, timeout, replies::add);
        try {
            // The transport answers in any case; the margin is for its threads.
            @Nullable Reply reply = replies.poll(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            return switch (reply) {
                case Reply.Answer(Message answer) -> answer.payload();
                case Reply.NoResponders _ ->
                    throw new WadmException(
                            Code.NO_CONTROL_PLANE, "no control plane listens in the lattice '" + lattice + "'");
                case Reply.Disconnected _ ->
                    throw new WadmException(Code.DISCONNECTED, "the connection to the lattice is gone");
                case Reply.TimedOut _ ->
                    throw new WadmException(
                            Code.TIMED_OUT, "the control plane did not answer within " + timeout.toMillis() + " ms");
                case null -> throw new WadmException(Code.TIMED_OUT, "the connection did not answer");
            };
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WadmException(Code.TIMED_OUT, "interrupted while waiting for the control plane");
        }
    }
}
