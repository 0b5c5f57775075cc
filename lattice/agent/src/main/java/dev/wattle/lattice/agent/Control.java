package dev.wattle.lattice.agent;

import dev.wattle.lattice.agent.AgentEffect.Level;
import dev.wattle.lattice.protocol.ComponentAuction;
import dev.wattle.lattice.protocol.ComponentAuctionAck;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.DeleteLabelCommand;
import dev.wattle.lattice.protocol.DeleteLinkCommand;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.lattice.protocol.ProviderAuction;
import dev.wattle.lattice.protocol.ProviderAuctionAck;
import dev.wattle.lattice.protocol.PutLabelCommand;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.StartProviderCommand;
import dev.wattle.lattice.protocol.StopHostCommand;
import dev.wattle.lattice.protocol.StopProviderCommand;
import dev.wattle.lattice.protocol.UpdateComponentCommand;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads messages of the control interface, checks who may ask, and hands them on. Whatever cannot be read is
/// refused with its reason.
final class Control {
    private final AgentSettings settings;
    private final Outbox outbox;
    private final ConfigTable configs;
    private final SpecTable specs;
    private final Components components;
    private final Providers providers;
    private final Labels labels;
    private final Links links;
    private final Host host;
    private final ControlSubjects subjects;
    private long epoch;

    /// What only the whole agent knows.
    interface Host {
        HostInventory inventory(long nowMillis);

        void stop(OptionalLong graceMillis, long nowMillis);

        boolean stopping();
    }

    Control(
            AgentSettings settings,
            Outbox outbox,
            ConfigTable configs,
            SpecTable specs,
            Components components,
            Providers providers,
            Labels labels,
            Links links,
            Host host) {
        this.settings = settings;
        this.outbox = outbox;
        this.configs = configs;
        this.specs = specs;
        this.components = components;
        this.providers = providers;
        this.labels = labels;
        this.links = links;
        this.host = host;
        this.subjects = ControlSubjects.of(settings.lattice());
    }

    long epoch() {
        return epoch;
    }

    void handle(AgentEvent.ControlMessage message, long nowMillis) {
        try {
            ControlOperation operation = subjects.parse(message.subject());
            Optional<String> stale = fence(operation, message);
            if (stale.isPresent()) {
                refuse(message, stale.get());
            } else {
                run(operation, message, nowMillis);
            }
        } catch (ProtocolException refused) {
            refuse(message, String.valueOf(refused.getMessage()));
        }
    }

    private void refuse(AgentEvent.ControlMessage message, String reason) {
        outbox.log(Level.WARNING, "control.refused", "subject", message.subject(), "reason", reason);
        outbox.reply(message.replyTo(), ControlResponse.refused(reason));
    }

    /// A leader that was replaced must not change anything. Who only reads may be of any epoch, and who is no
    /// leader (a command line, say) has none.
    private Optional<String> fence(ControlOperation operation, AgentEvent.ControlMessage message) {
        OptionalLong asked = WrpcHeaders.number(message.headers(), WrpcHeaders.EPOCH);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (asked.getAsLong() >= epoch) {
            epoch = asked.getAsLong();
            return Optional.empty();
        }
        return reads(operation)
                ? Optional.empty()
                : Optional.of("epoch " + asked.getAsLong() + " is over: this host has seen epoch " + epoch);
    }

    private static boolean reads(ControlOperation operation) {
        return switch (operation) {
            case ControlOperation.Ping _,
                    ControlOperation.Inventory _,
                    ControlOperation.ListLinks _,
                    ControlOperation.ListClaims _,
                    ControlOperation.FindConfig _,
                    ControlOperation.AuctionComponent _,
                    ControlOperation.AuctionProvider _,
                    ControlOperation.Unsupported _ -> true;
            case ControlOperation.StopHost _,
                    ControlOperation.ScaleComponent _,
                    ControlOperation.UpdateComponent _,
                    ControlOperation.StartProvider _,
                    ControlOperation.StopProvider _,
                    ControlOperation.PutLink _,
                    ControlOperation.DeleteLink _,
                    ControlOperation.PutLabel _,
                    ControlOperation.DeleteLabel _,
                    ControlOperation.PutRegistries _,
                    ControlOperation.PutConfig _,
                    ControlOperation.DeleteConfig _ -> false;
        };
    }

    private void run(ControlOperation operation, AgentEvent.ControlMessage message, long nowMillis) {
        Optional<String> replyTo = message.replyTo();
        ByteString payload = message.payload();
        switch (operation) {
            case ControlOperation.Ping _ ->
                reply(replyTo, ControlResponse.ok("", summary(nowMillis).toJson()));
            case ControlOperation.Inventory(var id)
            when isHere(id, replyTo) ->
                reply(replyTo, ControlResponse.ok("", host.inventory(nowMillis).toJson()));
            case ControlOperation.StopHost(var id) when isHere(id, replyTo) -> stopHost(payload, replyTo, nowMillis);
            case ControlOperation.AuctionComponent _ -> bid(ComponentAuction.fromJson(payload), replyTo);
            case ControlOperation.AuctionProvider _ -> bid(ProviderAuction.fromJson(payload), replyTo);
            case ControlOperation.ScaleComponent(var id)
            when takesWork(id, replyTo) -> {
                var command = ScaleComponentCommand.fromJson(payload);
                if (named(command.hostId(), replyTo)) {
                    reply(replyTo, components.scale(command));
                }
            }
            case ControlOperation.UpdateComponent(var id)
            when takesWork(id, replyTo) -> {
                var command = UpdateComponentCommand.fromJson(payload);
                if (named(command.hostId(), replyTo)) {
                    reply(replyTo, components.update(command));
                }
            }
            case ControlOperation.StartProvider(var id)
            when takesWork(id, replyTo) -> {
                var command = StartProviderCommand.fromJson(payload);
                if (named(command.hostId(), replyTo)) {
                    providers.start(command, replyTo);
                }
            }
            case ControlOperation.StopProvider(var id)
            when takesWork(id, replyTo) -> {
                var command = StopProviderCommand.fromJson(payload);
                if (named(command.hostId(), replyTo)) {
                    providers.stop(command.providerId(), replyTo);
                }
            }
            case ControlOperation.PutLabel(var id)
            when isHere(id, replyTo) -> {
                var command = PutLabelCommand.fromJson(payload);
                reply(replyTo, labels.put(command.key(), command.value()));
            }
            case ControlOperation.DeleteLabel(var id)
            when isHere(id, replyTo) ->
                reply(
                        replyTo,
                        labels.delete(DeleteLabelCommand.fromJson(payload).key()));
            case ControlOperation.PutLink _ -> links.put(Link.fromJson(payload), replyTo);
            case ControlOperation.DeleteLink _ -> links.delete(DeleteLinkCommand.fromJson(payload), replyTo);
            case ControlOperation.ListLinks _ ->
                reply(replyTo, ControlResponse.ok("", ControlJson.writeLinks(specs.links())));
            case ControlOperation.ListClaims _ ->
                reply(replyTo, ControlResponse.ok("", ControlJson.writeClaims(List.of())));
            case ControlOperation.PutRegistries _ -> outbox.log(Level.WARNING, "registries.ignored");
            case ControlOperation.PutConfig(var name) -> configs.handlePut(name, replyTo, payload);
            case ControlOperation.FindConfig(var name) -> configs.handleFind(name, replyTo);
            case ControlOperation.DeleteConfig(var name) -> configs.handleDelete(name, replyTo);
            case ControlOperation.Unsupported _ -> reply(replyTo, ControlResponse.refused("unsupported subject"));
            // The guard above has answered.
            case ControlOperation.Inventory _,
                    ControlOperation.StopHost _,
                    ControlOperation.ScaleComponent _,
                    ControlOperation.UpdateComponent _,
                    ControlOperation.StartProvider _,
                    ControlOperation.StopProvider _,
                    ControlOperation.PutLabel _,
                    ControlOperation.DeleteLabel _ -> {}
        }
    }

    private void reply(Optional<String> replyTo, ControlResponse response) {
        outbox.reply(replyTo, response);
    }

    private boolean isHere(HostId id, Optional<String> replyTo) {
        return named(Optional.of(id), replyTo);
    }

    private boolean named(Optional<HostId> id, Optional<String> replyTo) {
        boolean here = id.isEmpty() || id.get().equals(settings.host());
        if (!here) {
            reply(replyTo, ControlResponse.refused("invalid host_id [" + id.get() + "]"));
        }
        return here;
    }

    private boolean takesWork(HostId id, Optional<String> replyTo) {
        if (!isHere(id, replyTo)) {
            return false;
        }
        if (host.stopping()) {
            reply(replyTo, ControlResponse.refused("this host is stopping"));
            return false;
        }
        return true;
    }

    private HostSummary summary(long nowMillis) {
        HostInventory inventory = host.inventory(nowMillis);
        return new HostSummary(
                settings.host(),
                settings.friendlyName(),
                inventory.labels(),
                settings.lattice(),
                inventory.uptimeSeconds(),
                settings.version(),
                settings.rpcHost(),
                settings.ctlHost());
    }

    private void stopHost(ByteString payload, Optional<String> replyTo, long nowMillis) {
        var command = StopHostCommand.fromJson(payload);
        if (named(command.hostId(), replyTo)) {
            reply(replyTo, ControlResponse.ok("successfully handled stop host"));
            host.stop(command.timeoutMillis(), nowMillis);
        }
    }

    private void bid(ComponentAuction auction, Optional<String> replyTo) {
        if (!host.stopping() && labels.satisfy(auction.constraints()) && !components.has(auction.componentId())) {
            var ack = new ComponentAuctionAck(
                    auction.componentId().value(), auction.componentRef(), settings.host(), auction.constraints());
            reply(replyTo, ControlResponse.ok("", ack.toJson()));
        }
    }

    private void bid(ProviderAuction auction, Optional<String> replyTo) {
        if (!host.stopping()
                && labels.satisfy(auction.constraints())
                && !providers.has(auction.providerId())
                && providers.canRun(auction.providerRef())) {
            var ack = new ProviderAuctionAck(
                    auction.providerId(), auction.providerRef(), settings.host(), auction.constraints());
            reply(replyTo, ControlResponse.ok("", ack.toJson()));
        }
    }
}
