package dev.wattle.host.node;

import dev.wattle.host.component.ComponentType;
import dev.wattle.host.component.ExternType;
import dev.wattle.host.runtime.CallOutcome;
import dev.wattle.host.runtime.Deadline;
import dev.wattle.host.runtime.FunctionName;
import dev.wattle.host.runtime.HostRuntime;
import dev.wattle.host.runtime.Invocation;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.protocol.WrpcCodec;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.lattice.protocol.WrpcSubjects;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.wrpc.IncomingCall;
import dev.wattle.lattice.transport.wrpc.WrpcServer;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the exports of the components on this host to callers elsewhere: one subscription for each exported
/// function, in the
/// queue group of the component, so that one of its hosts gets each call. Used by one thread at a time.
final class WrpcExports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WrpcExports.class);

    /// For callers that do not say how long they wait: as wasmCloud's hosts have it for an invocation.
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

    private final LatticeName lattice;
    private final WrpcServer server;
    private final HostRuntime runtime;
    private final Map<WorkloadId, Map<Export, Transport.Subscription>> served = new TreeMap<>();

    WrpcExports(LatticeName lattice, WrpcServer server, HostRuntime runtime) {
        this.lattice = lattice;
        this.server = server;
        this.runtime = runtime;
    }

    /// Serves what `type` exports, in place of what was served for that component before. What it exported
    /// before and still exports keeps its subscription, and new ones stand before old ones go: no call finds
    /// nobody, and none that was delivered already is thrown away.
    void serve(WorkloadId component, ComponentType type) {
        Map<Export, Transport.Subscription> before = served.getOrDefault(component, Map.of());
        var now = new LinkedHashMap<Export, Transport.Subscription>();
        for (Export export : exports(component, type)) {
            Transport.Subscription kept = before.get(export);
            now.put(export, kept == null ? subscribe(export) : kept);
        }
        served.put(component, now);
        before.forEach((export, subscription) -> {
            if (!now.containsKey(export)) {
                subscription.close();
            }
        });
    }

    /// Takes no more calls for that component. Those that were taken are still answered.
    void stop(WorkloadId component) {
        Map<Export, Transport.Subscription> gone = served.remove(component);
        if (gone != null) {
            gone.values().forEach(Transport.Subscription::close);
        }
    }

    /// One exported function that can be called from elsewhere.
    private record Export(
            WorkloadId component, Optional<InterfaceName> interfaceName, String function, FunctionType type) {
        FunctionName name() {
            return new FunctionName(interfaceName.map(InterfaceName::toString), function);
        }
    }

    private static List<Export> exports(WorkloadId component, ComponentType type) {
        var exports = new ArrayList<Export>();
        type.exports().forEach((name, item) -> {
            switch (item) {
                case ExternType.FunctionItem(FunctionType function) ->
                    exports.add(new Export(component, Optional.empty(), name, function));
                case ExternType.InterfaceItem instance ->
                    InterfaceName.tryParse(name)
                            .ifPresent(interfaceName -> instance.functions()
                                    .forEach((function, functionType) -> exports.add(new Export(
                                            component, Optional.of(interfaceName), function, functionType))));
                case ExternType.TypeItem _,
                        ExternType.ResourceItem _,
                        ExternType.ModuleItem _,
                        ExternType.ComponentItem _,
                        ExternType.ValueItem _,
                        ExternType.OtherTypeItem _ -> {}
            }
        });
        exports.removeIf(WrpcExports::localOnly);
        return exports;
    }

    private static boolean localOnly(Export export) {
        Optional<String> refusal = WrpcCodec.refusal(export.type());
        refusal.ifPresent(reason -> LOG.debug(
                "export.local-only component={} function={} reason={}", export.component(), export.name(), reason));
        return refusal.isPresent();
    }

    private Transport.Subscription subscribe(Export export) {
        var subjects = new WrpcSubjects(lattice, export.component());
        return server.serve(
                subjects.invocation(export.interfaceName(), export.function()),
                subjects.queueGroup(),
                call -> dispatch(export, call));
    }

    private void dispatch(Export export, IncomingCall call) {
        try {
            runtime.guestThreads().execute(() -> answer(export, call));
        } catch (RejectedExecutionException e) {
            call.refused("the host runs as many calls as it may");
        }
    }

    private void answer(Export export, IncomingCall call) {
        List<WitValue> arguments;
        Invocation invocation;
        try {
            arguments = WrpcCodec.decodeParameters(export.type(), call.params());
            invocation = invocation(export.component(), call);
        } catch (ProtocolException e) {
            call.refused(export.name() + ": " + e.getMessage());
            return;
        }
        CallOutcome outcome = runtime.invoke(invocation, export.name(), arguments);
        switch (outcome) {
            case CallOutcome.Answered(Optional<WitValue> result) ->
                call.answer(WrpcCodec.encodeResult(export.type(), result));
            case CallOutcome.Refused(String reason) -> call.refused(reason);
            case CallOutcome.Overloaded(String reason) -> call.refused(reason);
            case CallOutcome.Trapped(var kind, String reason) ->
                call.trapped(reason.isEmpty() ? kind.reason() : reason);
            case CallOutcome.LinkFailed(var _, String link, String reason) -> call.trapped(link + ": " + reason);
            case CallOutcome.TimedOut(boolean started, String reason) -> {
                if (started) {
                    call.trapped(reason);
                } else {
                    call.refused(reason);
                }
            }
            case CallOutcome.Failed(String reason) -> call.trapped(reason);
        }
    }

    private static Invocation invocation(WorkloadId component, IncomingCall call) {
        Deadline deadline = call.deadlineNanos().isPresent()
                ? new Deadline(call.deadlineNanos().getAsLong())
                : Deadline.in(DEFAULT_DEADLINE);
        long depth = WrpcHeaders.number(call.headers(), WrpcHeaders.DEPTH).orElse(0);
        return new Invocation(
                component.value(), call.header(WrpcHeaders.SOURCE_ID).orElse("<unknown>"), deadline, (int)
                        Math.min(depth, Integer.MAX_VALUE - 1));
    }

    @Override
    public void close() {
        served.values().forEach(subscriptions -> subscriptions.values().forEach(Transport.Subscription::close));
        served.clear();
    }
}
