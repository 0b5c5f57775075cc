package dev.wattle.host.node;

import dev.wattle.host.runtime.LinkCall;
import dev.wattle.host.runtime.LinkFailure;
import dev.wattle.host.runtime.LinkTarget;
import dev.wattle.lattice.protocol.CallFailure;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.protocol.WrpcCodec;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.lattice.protocol.WrpcSubjects;
import dev.wattle.lattice.transport.TransportException;
import dev.wattle.lattice.transport.wrpc.WrpcCall;
import dev.wattle.lattice.transport.wrpc.WrpcClient;
import dev.wattle.lattice.transport.wrpc.WrpcOutcome;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.util.Optional;
import java.util.TreeMap;

/// The rung of the link ladder that crosses the lattice: a call becomes wRPC over NATS.
final class WrpcLinks implements LinkTarget {
    private final LatticeName lattice;
    private final WrpcClient client;

    WrpcLinks(LatticeName lattice, WrpcClient client) {
        this.lattice = lattice;
        this.client = client;
    }

    @Override
    public Optional<WitValue> call(LinkCall call) throws InterruptedException {
        WrpcCodec.refusal(call.type()).ifPresent(sentence -> {
            throw failure(LinkFailure.Kind.NOT_LINKABLE, call, sentence, null);
        });
        WrpcCall request = encode(call);
        WrpcOutcome outcome;
        try {
            outcome = client.invoke(request, call.deadline().remaining());
        } catch (TransportException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in a call over " + call.describeLink());
            }
            throw failure(LinkFailure.Kind.PEER_GONE, call, e.getMessage(), e);
        }
        return switch (outcome) {
            case WrpcOutcome.Answered(ByteString results) -> decode(call, results);
            case WrpcOutcome.Failed(CallFailure failed) -> throw failure(kind(failed), call, failed.message(), null);
        };
    }

    private WrpcCall encode(LinkCall call) {
        try {
            var subjects = new WrpcSubjects(lattice, new WorkloadId(call.route().target()));
            var headers = new TreeMap<String, String>();
            headers.put(WrpcHeaders.SOURCE_ID, call.source());
            headers.put(WrpcHeaders.LINK_NAME, call.route().linkName());
            headers.put(WrpcHeaders.DEPTH, Integer.toString(call.depth()));
            return new WrpcCall(
                    subjects.invocation(call.interfaceName(), call.function()),
                    headers,
                    WrpcCodec.encodeParameters(call.type(), call.arguments()),
                    call.type().result().isPresent());
        } catch (IllegalArgumentException | ProtocolException e) {
            throw failure(LinkFailure.Kind.NOT_LINKABLE, call, e.getMessage(), e);
        }
    }

    private static Optional<WitValue> decode(LinkCall call, ByteString results) {
        try {
            return WrpcCodec.decodeResult(call.type(), results);
        } catch (ProtocolException e) {
            throw failure(
                    LinkFailure.Kind.TYPE_MISMATCH,
                    call,
                    "the answer does not have the type that " + call.source() + " imports: " + e.getMessage(),
                    e);
        }
    }

    private static LinkFailure.Kind kind(CallFailure failure) {
        return switch (failure) {
            case CallFailure.NobodyListens _ -> LinkFailure.Kind.NOBODY_LISTENS;
            case CallFailure.TimedOut _ -> LinkFailure.Kind.OUTCOME_UNKNOWN;
            // Nothing was sent, so nothing ran: the same as when nobody listens, until the lattice is back.
            case CallFailure.PeerGone(boolean sent) ->
                sent ? LinkFailure.Kind.PEER_GONE : LinkFailure.Kind.NOBODY_LISTENS;
            case CallFailure.PeerRefused _ -> LinkFailure.Kind.PEER_REFUSED;
            case CallFailure.PeerTrapped _ -> LinkFailure.Kind.PEER_TRAPPED;
        };
    }

    private static LinkFailure failure(
            LinkFailure.Kind kind,
            LinkCall call,
            @org.jspecify.annotations.Nullable String reason,
            @org.jspecify.annotations.Nullable Throwable cause) {
        return new LinkFailure(kind, call.describeLink(), reason == null ? kind.name() : reason, cause);
    }
}
