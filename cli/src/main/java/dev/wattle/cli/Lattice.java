package dev.wattle.cli;

import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.Transport.Reply;
import dev.wattle.lattice.transport.TransportException;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection to a lattice, for one command: asks and waits. For one thread.
///
/// @param expectedHosts how many answers to a question for all end the wait for more; 0 when nobody knows
record Lattice(Transport transport, LatticeName name, Duration timeout, int expectedHosts) implements AutoCloseable {
    /// On a question for all, silence that long after an answer means that there are no more.
    private static final Duration QUIET = Duration.ofMillis(500);

    /// What `wash` gives a host by name.
    record HostMatch(HostSummary summary, ByteString json) {}

    /// Asks whoever is in charge, and wants a yes.
    ///
    /// @throws CommandFailure when nobody answers in time, or the answer is no
    ControlResponse ask(ControlOperation operation, ByteString payload) {
        String subject = ControlSubjects.of(name).of(operation);
        Message answer = request(subject, payload, "no host of lattice '" + name + "' answers");
        ControlResponse response = response(answer);
        if (!response.success()) {
            throw CommandFailure.failed(
                    response.message().isEmpty() ? "refused, without a reason" : response.message());
        }
        return response;
    }

    private static ControlResponse response(Message answer) {
        try {
            return ControlResponse.fromJson(answer.payload());
        } catch (ProtocolException e) {
            throw CommandFailure.failed("a host sent an answer that cannot be read: " + e.getMessage(), e);
        }
    }

    /// One request, one reply.
    ///
    /// @param nobody what it means when nobody listens
    Message request(String subject, ByteString payload, String nobody) {
        BlockingQueue<Reply> replies = new ArrayBlockingQueue<>(1);
        try {
            transport.request(Message.of(subject, payload), timeout, replies::add);
        } catch (TransportException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
        }
        @Nullable Reply reply = poll(replies, timeout.plusSeconds(1));
        return switch (reply) {
            case Reply.Answer(Message message) -> message;
            case Reply.NoResponders() -> throw CommandFailure.failed(nobody);
            case Reply.Disconnected _ -> throw CommandFailure.failed("the connection to NATS was lost");
            case Reply.TimedOut() -> throw late(subject);
            case null -> throw late(subject);
        };
    }

    private CommandFailure late(String subject) {
        return CommandFailure.timedOut("no answer on " + subject + " within " + timeout.toMillis()
                + " ms; it may have been done all the same. Give it more time with --timeout");
    }

    /// Asks all, and collects what comes.
    List<ControlResponse> askAll(ControlOperation operation, ByteString payload) {
        BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
        String inbox = transport.newInbox();
        List<ControlResponse> responses = new ArrayList<>();
        try (var _ = transport.subscribe(inbox, java.util.Optional.empty(), answers::add)) {
            transport.flush(timeout);
            transport.publish(
                    Message.of(ControlSubjects.of(name).of(operation), payload).replyingTo(inbox));
            long end = System.nanoTime() + timeout.toNanos();
            while (expectedHosts == 0 || responses.size() < expectedHosts) {
                Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                Duration wait = responses.isEmpty() || left.compareTo(QUIET) < 0 ? left : QUIET;
                @Nullable Message answer = poll(answers, wait);
                if (answer == null || answer.status().isPresent()) {
                    break;
                }
                responses.add(response(answer));
            }
        } catch (TransportException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
        }
        return responses;
    }

    private static <T> @Nullable T poll(BlockingQueue<T> queue, Duration wait) {
        try {
            return queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted", e);
        }
    }

    /// All hosts that answer, by name.
    List<HostMatch> hosts() {
        List<HostMatch> hosts = new ArrayList<>();
        for (ControlResponse response : askAll(new ControlOperation.Ping(), ByteString.EMPTY)) {
            ByteString json = response.requireResponse();
            hosts.add(new HostMatch(HostSummary.fromJson(json), json));
        }
        hosts.sort(Comparator.comparing((HostMatch host) -> host.summary().friendlyName())
                .thenComparing(host -> host.summary().id()));
        return hosts;
    }

    /// The host that a person means: an id, the beginning of one, or a part of a friendly name.
    ///
    /// @throws CommandFailure when none or several are meant
    HostSummary host(String reference) {
        if (reference.isBlank()) {
            throw CommandFailure.usage("the name of the host is empty");
        }
        List<HostSummary> hosts = hosts().stream().map(HostMatch::summary).toList();
        List<HostSummary> exact = hosts.stream()
                .filter(host -> host.id().value().equals(reference)
                        || host.friendlyName().equals(reference))
                .toList();
        if (exact.size() == 1) {
            return exact.getFirst();
        }
        List<HostSummary> meant = hosts.stream()
                .filter(host -> host.id().value().startsWith(reference)
                        || host.friendlyName().contains(reference))
                .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        List<HostSummary> shown = meant.isEmpty() ? hosts : meant;
        String listing = shown.stream()
                .map(host -> "\n  " + host.friendlyName() + "  " + host.id())
                .reduce("", String::concat);
        throw CommandFailure.failed((meant.isEmpty() ? "no host is called '" : "several hosts are meant by '")
                + reference + "'"
                + (listing.isEmpty() ? ": no host answers" : "; these answer:" + listing));
    }

    @Override
    public void close() {
        transport.close();
    }
}
