package dev.wattle.lattice.agent;

import dev.wattle.lattice.protocol.ComponentSpec;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.DeleteLinkCommand;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.LinkTable;
import dev.wattle.lattice.protocol.LinkTable.DeleteOutcome;
import dev.wattle.lattice.protocol.LinkTable.PutOutcome;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts and deletes links for the whole lattice, as the one host of the queue group that got the request.
final class Links {
    private final Outbox outbox;
    private final ConfigTable configs;
    private final SpecTable specs;

    Links(Outbox outbox, ConfigTable configs, SpecTable specs) {
        this.outbox = outbox;
        this.configs = configs;
        this.specs = specs;
    }

    void put(Link link, Optional<String> replyTo) {
        List<ConfigName> names = new ArrayList<>(link.sourceConfig());
        names.addAll(link.targetConfig());
        configs.require(names, missing -> {
            if (missing.isEmpty()) {
                write(link, replyTo);
                return;
            }
            StringBuilder reason = new StringBuilder("Failed to validate configuration and secrets. ");
            missing.forEach(
                    name -> reason.append("Configuration ").append(name).append(" not found in config store. "));
            refuse(link, replyTo, reason.toString());
        });
    }

    private void write(Link link, Optional<String> replyTo) {
        specs.change(
                link.source(),
                existing -> switch (LinkTable.put(existing.orElse(ComponentSpec.EMPTY), link)) {
                    case PutOutcome.Put(var spec) -> new SpecTable.Decision.Write(spec, _ -> accept(link, replyTo));
                    case PutOutcome.Unchanged _ -> new SpecTable.Decision.Finish(() -> accept(link, replyTo));
                    case PutOutcome.Conflict(var reason) ->
                        new SpecTable.Decision.Finish(() -> refuse(link, replyTo, reason));
                },
                reason -> refuse(link, replyTo, reason));
    }

    private void accept(Link link, Optional<String> replyTo) {
        outbox.event(new LatticeEvent.LinkSet(link));
        outbox.reply(replyTo, ControlResponse.ok("successfully set link"));
    }

    private void refuse(Link link, Optional<String> replyTo, String reason) {
        outbox.event(new LatticeEvent.LinkSetFailed(link, reason));
        outbox.reply(replyTo, ControlResponse.refused(reason));
    }

    void delete(DeleteLinkCommand which, Optional<String> replyTo) {
        specs.change(
                which.source(),
                existing -> existing.isEmpty()
                        ? new SpecTable.Decision.Finish(() -> outbox.reply(
                                replyTo, ControlResponse.ok("successfully deleted link (spec doesn't exist)")))
                        : delete(which, replyTo, existing.get()),
                reason -> outbox.reply(replyTo, ControlResponse.refused("failed to delete link: " + reason)));
    }

    private SpecTable.Decision delete(DeleteLinkCommand which, Optional<String> replyTo, ComponentSpec existing) {
        return switch (LinkTable.delete(existing, which)) {
            case DeleteOutcome.Deleted(var spec, var link) ->
                new SpecTable.Decision.Write(
                        spec, _ -> deleted(which, replyTo, Optional.of(link.target()), link.interfaces()));
            case DeleteOutcome.NotThere _ ->
                new SpecTable.Decision.Finish(() -> deleted(which, replyTo, Optional.empty(), List.of()));
        };
    }

    private void deleted(
            DeleteLinkCommand which, Optional<String> replyTo, Optional<WorkloadId> target, List<String> interfaces) {
        outbox.event(new LatticeEvent.LinkDeleted(which, target, interfaces));
        outbox.reply(replyTo, ControlResponse.ok("successfully deleted link"));
    }
}
