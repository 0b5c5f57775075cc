package dev.wattle.cli;

import dev.wattle.cli.LatticeState.Member;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `wattle up`: starts a lattice on this machine.
@Command(
        name = "up",
        description = {
            "Starts a lattice on this machine: NATS, hosts and a control plane, and deploys the demo application.",
            "Stays in the foreground: Ctrl-C stops all that it started. With --detach it returns when all of it runs.",
        },
        sortOptions = false)
final class UpCommand extends BaseCommand {
    @Option(
            names = {"-d", "--detach"},
            description = "Return when all of it runs; './wattle down' stops it.")
    private boolean detach;

    @Option(names = "--single", description = "One process with a host and the control plane, in place of several.")
    private boolean single;

    @Option(names = "--hosts", paramLabel = "N", description = "How many hosts (default: 3).")
    private Optional<Integer> hosts = Optional.empty();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the application's HTTP server listens (default: ${DEFAULT-VALUE}); 0 for a free one.")
    private int httpPort = 8080;

    @Option(
            names = "--nats-port",
            paramLabel = "PORT",
            description = "Where NATS listens (default: 4222, or a free one when that is taken).")
    private Optional<Integer> natsPort = Optional.empty();

    @Option(
            names = {"-x", "--lattice"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Default: default.")
    private String lattice = "default";

    @Option(names = "--no-demo", description = "Do not deploy the demo application.")
    private boolean noDemo;

    UpCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        UpPlan plan = plan();
        var folder = new StateFolder(surroundings().home());
        StateFolder.Lock lock = folder.tryLock()
                .orElseThrow(() -> CommandFailure.failed(
                        "another 'wattle up' or 'wattle down' is at work in this checkout; wait for it to end"));
        Crew crew;
        try (lock) {
            requireNothingRuns(folder, output);
            requireFree(plan);
            crew = start(plan, folder, output);
        }
        output.answer(json(plan, crew.state(), folder), text(plan, crew.state(), folder));
        if (!detach) {
            stay(crew, output);
        }
        return ExitCode.OK;
    }

    private UpPlan plan() {
        LatticeOptions.latticeName(lattice);
        int count = hosts.orElse(single ? 1 : 3);
        if (single && count != 1) {
            throw CommandFailure.usage("--single is one host: leave out --hosts, or leave out --single");
        }
        if (count < 1 || count > UpPlan.MAX_HOSTS) {
            throw CommandFailure.usage("--hosts is 1.." + UpPlan.MAX_HOSTS);
        }
        requirePort("--http-port", httpPort, 0);
        natsPort.ifPresent(port -> requirePort("--nats-port", port, 1));
        int http = httpPort == 0 ? Ports.anyFree() : httpPort;
        return new UpPlan(lattice, count, single, http, natsPort, !noDemo, detach);
    }

    private static void requirePort(String option, int port, int min) {
        if (port < min || port > Ports.MAX) {
            throw CommandFailure.usage(option + " is " + min + ".." + Ports.MAX);
        }
    }

    private static void requireNothingRuns(StateFolder folder, Output output) {
        LatticeState before = folder.load().orElse(null);
        if (before == null) {
            return;
        }
        List<Member> alive = before.alive();
        if (alive.isEmpty()) {
            output.note("the last lattice was not stopped properly, and nothing of it runs any more: cleaned up");
            folder.forget();
            return;
        }
        String stopped = before.stopped().isEmpty()
                ? ""
                : "; stopped by 'wattle stop host': "
                        + before.stopped().stream().map(Member::name).collect(Collectors.joining(", "));
        String running = alive.stream()
                .map(member -> member.name() + " (process " + member.process().pid() + ")")
                .collect(Collectors.joining(", "));
        if (before.dead().isEmpty()) {
            throw CommandFailure.failed("the lattice '" + before.lattice() + "' already runs here, HTTP on port "
                    + before.httpPort() + ": " + running + stopped + "; stop it with ./wattle down"
                    + (stopped.isEmpty() ? "" : ", then start again"));
        }
        String dead = before.dead().stream().map(Member::name).collect(Collectors.joining(", "));
        throw CommandFailure.failed("a part of the lattice '" + before.lattice() + "' still runs here: " + running
                + "; ended: " + dead + ". Stop the rest with ./wattle down, then start again");
    }

    private static void requireFree(UpPlan plan) {
        if (!Ports.free(plan.httpPort())) {
            throw CommandFailure.failed("port " + plan.httpPort()
                    + " is taken by another program; choose another with --http-port, such as --http-port "
                    + Math.min(Ports.MAX, plan.httpPort() + 1));
        }
        plan.natsPort().ifPresent(port -> {
            if (!Ports.free(port)) {
                throw CommandFailure.failed(
                        "port " + port + " is taken by another program; choose another with --nats-port");
            }
        });
    }

    private Crew start(UpPlan plan, StateFolder folder, Output output) {
        var empty = new LatticeState(
                plan.lattice(),
                "",
                folder.credentials(),
                plan.hosts(),
                plan.httpPort(),
                plan.detached(),
                ProcessMark.of(ProcessHandle.current()),
                List.of());
        var crew = new Crew(folder, empty);
        Thread hook = Thread.ofPlatform().name("wattle-stop").unstarted(() -> {
            output.note("stopping");
            crew.stop();
            output.note("stopped");
        });
        Runtime.getRuntime().addShutdownHook(hook);
        boolean running = false;
        try {
            new StartLattice(surroundings(), folder, plan, output, crew).run();
            running = true;
        } finally {
            if (!running) {
                output.note("stopping what was started");
                crew.stop();
            }
            if (!running || plan.detached()) {
                forget(hook);
            }
        }
        return crew;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM is ending: the hook runs, and finds nothing left to do.
            return;
        }
    }

    /// Until Ctrl-C, or until nothing is left to stop.
    private static void stay(Crew crew, Output output) {
        Set<String> told = new HashSet<>();
        while (!crew.stopping() && !crew.state().alive().isEmpty()) {
            for (Member member : crew.lost()) {
                if (told.add(member.name())) {
                    output.note(member.name() + " has ended; its log: " + member.log());
                }
            }
            Processes.pause();
        }
        if (!crew.stopping()) {
            throw CommandFailure.failed("all processes of the lattice have ended");
        }
    }

    private ObjectNode json(UpPlan plan, LatticeState state, StateFolder folder) {
        ObjectNode json = Json.object();
        json.put("lattice", plan.lattice());
        json.put("nats_url", state.natsUrl());
        json.put("http_address", plan.httpAddress());
        json.put("hosts", plan.hosts());
        json.put("kill_cmd", "./wattle down");
        json.put("wasmcloud_log", folder.logs().toString());
        if (plan.demo()) {
            Path manifest = StartLattice.demoManifest(surroundings().home());
            json.put("deployed_wadm_manifest_path", manifest.toString());
        }
        return json;
    }

    private String text(UpPlan plan, LatticeState state, StateFolder folder) {
        var text = new StringBuilder();
        String processes = plan.single()
                ? "one process with a host and the control plane"
                : plan.hosts() + (plan.hosts() == 1 ? " host" : " hosts") + ", a control plane";
        text.append("The lattice '").append(plan.lattice()).append("' runs: ").append(processes);
        text.append(", NATS on ").append(state.natsUrl()).append(".\n\nTry:\n");
        if (plan.demo()) {
            String address = plan.httpAddress();
            text.append("  curl '")
                    .append(address)
                    .append(StartLattice.DEMO_PATH)
                    .append("'\n");
            text.append("  curl -d '{\"user\":\"ada\",\"amount\":25,\"from\":\"EUR\",\"to\":\"USD\"}' ");
            text.append(address).append("/payments\n  ./wattle app status payments\n");
        }
        text.append("  ./wattle get hosts\n  ./wattle get inventory\n  ./wattle get links\n\n");
        text.append("Logs are in ").append(folder.logs()).append(".\n");
        text.append(plan.detached() ? "Stop it with ./wattle down.\n" : "Stop it with Ctrl-C.\n");
        return text.toString();
    }
}
