package dev.wattle.control.server;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.StoredFormatException;
import dev.wattle.control.model.WadmAnswer;
import dev.wattle.control.model.WadmAnswer.Failure;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.TransportException;
import dev.wattle.wit.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers wadm's API: `wadm.api.{lattice}.model.{operation}[.{name}]`. Each request gets a virtual thread.
final class WadmService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WadmService.class);

    /// All of wadm's processes of a lattice share it.
    private static final String QUEUE_GROUP = "wadm_server";

    /// Each holds a manifest of at most 256 KiB, parsed.
    private static final int MAX_AT_ONCE = 32;

    private static final String CONTENT_TYPE = "Content-Type";

    private final String prefix;
    private final Transport transport;
    private final WadmOperations operations;
    private final Semaphore permits = new Semaphore(MAX_AT_ONCE);
    private Transport.@Nullable Subscription subscription;

    WadmService(LatticeName lattice, Transport transport, AppStore store, StatusBoard statuses) {
        this.prefix = "wadm.api." + lattice + ".";
        this.transport = transport;
        this.operations = new WadmOperations(store, statuses);
    }

    void open() {
        subscription = transport.subscribe(prefix + ">", Optional.of(QUEUE_GROUP), this::take);
    }

    private void take(Message request) {
        if (!permits.tryAcquire()) {
            reply(request, new Failure("too many requests at once; try again"));
            return;
        }
        Thread.ofVirtual().name("wadm-" + request.subject()).start(() -> {
            try {
                reply(request, answer(request));
            } finally {
                permits.release();
            }
        });
    }

    private void reply(Message request, WadmAnswer answer) {
        if (request.replyTo().isEmpty()) {
            return;
        }
        try {
            transport.publish(Message.of(request.replyTo().get(), answer.toJson()));
        } catch (TransportException failure) {
            LOG.warn("wadm.reply-failed subject={} code={}", request.subject(), failure.code());
        }
    }

    private WadmAnswer answer(Message request) {
        try {
            return route(request);
        } catch (StoredFormatException unreadable) {
            return new Failure(String.valueOf(unreadable.getMessage()));
        } catch (TransportException failure) {
            LOG.warn("wadm.store-failed subject={} code={}", request.subject(), failure.code(), failure);
            return new Failure("the lattice's store does not answer: " + failure.getMessage());
        } catch (AppStore.StoreBusyException busy) {
            return new Failure(String.valueOf(busy.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("wadm.bug subject={}", request.subject(), bug);
            return new Failure("internal error");
        }
    }

    private WadmAnswer route(Message request) {
        List<String> tokens =
                Arrays.asList(request.subject().substring(prefix.length()).split("\\.", -1));
        if (!tokens.getFirst().equals("model") || tokens.size() < 2) {
            return new Failure("Unsupported subject: " + request.subject());
        }
        if (tokens.size() > 3) {
            return new Failure(
                    "Found extra components of subject: " + String.join(".", tokens.subList(3, tokens.size())));
        }
        String operation = tokens.get(1);
        if (tokens.size() == 2) {
            return switch (operation) {
                case "put" ->
                    operations.put(
                            request.payload(),
                            Optional.ofNullable(request.headers().get(CONTENT_TYPE)));
                case "list" -> operations.list();
                case "get" -> operations.models();
                default -> new Failure("Unsupported operation: " + operation);
            };
        }
        AppName name;
        try {
            name = new AppName(tokens.get(2));
        } catch (IllegalArgumentException refused) {
            return new Failure(String.valueOf(refused.getMessage()));
        }
        Optional<String> version =
                WadmAnswer.requestedVersion(operation.equals("put") ? ByteString.EMPTY : request.payload());
        return switch (operation) {
            case "get" -> operations.get(name, version);
            case "versions" -> operations.versions(name);
            case "del" -> operations.delete(name, version);
            case "deploy" -> operations.deploy(name, version);
            case "undeploy" -> operations.undeploy(name);
            case "status" -> operations.status(name);
            case "history" -> new Failure("history is not supported; ask for versions");
            default -> new Failure("Unsupported operation: " + operation);
        };
    }

    @Override
    public void close() {
        Transport.Subscription open = subscription;
        if (open != null) {
            open.close();
        }
    }
}
