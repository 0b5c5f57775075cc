package dev.wattle.cli;

import dev.wattle.cli.LatticeState.Member;
import dev.wattle.cli.LatticeState.Role;
import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.lattice.transport.server.NatsServerBinary;
import dev.wattle.lattice.transport.server.NatsServerException;
import dev.wattle.lattice.transport.server.NatsServerSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Starts a lattice: NATS, then hosts and control plane at once, then the demo. Each step waits for a state,
/// and ends early when a process does.
final class StartLattice {
    /// What fits a terminal below the message.
    static final int TAIL_LINES = 15;

    /// What the demo answers when all of it runs.
    static final String DEMO_PATH = "/convert?amount=100&from=USD&to=EUR";

    private static final String DEMO_APPLICATION = "payments";

    /// Three JVMs on two busy cores take some seconds; a minute means that something is wrong.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int HTTP_MILLIS = 3000;

    private final Surroundings surroundings;
    private final StateFolder folder;
    private final UpPlan plan;
    private final Output output;
    private final Crew crew;

    StartLattice(Surroundings surroundings, StateFolder folder, UpPlan plan, Output output, Crew crew) {
        this.surroundings = surroundings;
        this.folder = folder;
        this.plan = plan;
        this.output = output;
        this.crew = crew;
    }

    static Path demoManifest(Path home) {
        return home.resolve("wadm-manifests").resolve(DEMO_APPLICATION + ".yaml");
    }

    /// @throws CommandFailure with the reason, and the end of the log that tells more
    void run() {
        NatsServer server = startNats();
        startProcesses();
        try (NatsTransport transport = NatsTransport.connect(server.connection().withConnectionName("wattle-up"));
                Lattice lattice =
                        new Lattice(transport, LatticeOptions.latticeName(plan.lattice()), ANSWER, plan.hosts())) {
            awaitHosts(lattice);
            awaitControlPlane(lattice);
            if (plan.demo()) {
                deploy(lattice);
                awaitDemo(lattice);
            }
        }
    }

    private NatsServer startNats() {
        try {
            Path binary = NatsServerBinary.find(surroundings.home(), surroundings.environment(), output::note);
            int port = natsPort();
            output.note("starting nats-server" + (port == 0 ? " on a free port (4222 is taken)" : ""));
            NatsServerSettings settings =
                    NatsServerSettings.in(binary, folder.data()).withPort(port).outlivingJvm();
            var started = new ArrayList<NatsServer>();
            crew.startNats(
                    folder.data().resolve("nats-server.log"),
                    () -> {
                        started.add(NatsServer.start(settings));
                        return started.getFirst().process();
                    },
                    () -> crew.state()
                            .at(
                                    started.getFirst().url().toString(),
                                    started.getFirst().credentialsFile()));
            return started.getFirst();
        } catch (NatsServerException e) {
            String hint = e.code() == NatsServerException.Code.PORT_TAKEN ? "; choose another with --nats-port" : "";
            throw CommandFailure.failed(e.getMessage() + hint, e);
        }
    }

    private int natsPort() {
        int wanted = plan.natsPort().orElse(dev.wattle.lattice.transport.NatsSettings.DEFAULT_PORT);
        if (plan.natsPort().isPresent() || Ports.free(wanted)) {
            return wanted;
        }
        return 0;
    }

    private void startProcesses() {
        output.note(
                plan.single()
                        ? "starting one process with host and control plane"
                        : "starting " + plan.hosts() + " host" + (plan.hosts() == 1 ? "" : "s")
                                + " and the control plane");
        LatticeState state = crew.state();
        Guard guard = plan.detached() ? Guard.NONE : new Guard(Optional.of(state.supervisor()));
        if (!plan.single()) {
            ObjectNode settings = new ControlPlaneProcessSettings(
                            plan.lattice(), state.natsUrl(), state.credentials(), surroundings.home(), guard)
                    .toJson();
            start("control-plane", Role.CONTROL_PLANE, ProcessCommand.Kind.CONTROL_PLANE, settings);
        }
        for (int number = 1; number <= plan.hosts(); number++) {
            String name = "host-" + number;
            ObjectNode settings = new HostProcessSettings(
                            plan.lattice(),
                            state.natsUrl(),
                            state.credentials(),
                            name,
                            plan.labels(number),
                            plan.httpAddress(),
                            Optional.of(surroundings.home()),
                            0,
                            Optional.empty(),
                            plan.single(),
                            surroundings.home(),
                            guard)
                    .toJson();
            start(name, Role.HOST, ProcessCommand.Kind.HOST, settings);
        }
    }

    private void start(String name, Role role, ProcessCommand.Kind kind, ObjectNode settings) {
        Path file = folder.run().resolve(name + ".json");
        folder.write(file, Json.compact(settings));
        Path log = folder.log(name);
        folder.rotate(log);
        List<String> command = ProcessCommand.of(kind, surroundings.home(), file);
        Supplier<ProcessHandle> starter =
                () -> Processes.start(command, surroundings.home(), log).toHandle();
        crew.start(name, role, log, starter);
    }

    private void awaitHosts(Lattice lattice) {
        int[] seen = {-1};
        await("the hosts to join", () -> {
            int now = lattice.hosts().size();
            if (now != seen[0] && now < plan.hosts()) {
                output.note(now + " of " + plan.hosts() + " hosts are in");
            }
            seen[0] = now;
            return now >= plan.hosts();
        });
        output.note("all hosts are in");
    }

    private void awaitControlPlane(Lattice lattice) {
        await("the control plane to answer", () -> {
            new Applications(lattice).list();
            return true;
        });
    }

    private void deploy(Lattice lattice) {
        Path file = demoManifest(surroundings.home());
        output.note("deploying " + surroundings.home().relativize(file));
        ManifestFile manifest = ManifestFile.load(surroundings, file.toString());
        var applications = new Applications(lattice);
        Applications.Kept kept = applications.put(manifest.manifest());
        applications.deploy(kept.name(), Optional.of(kept.version()).filter(text -> !text.isEmpty()));
    }

    private void awaitDemo(Lattice lattice) {
        output.note("waiting for " + plan.httpAddress() + " to answer");
        String[] last = {"nobody listens on " + plan.httpAddress()};
        try {
            await("the demo to answer", () -> {
                last[0] = demoAnswer();
                return last[0].isEmpty();
            });
        } catch (CommandFailure late) {
            throw CommandFailure.failed(
                    late.getMessage() + "; the last try: " + last[0] + "\n" + status(lattice), late);
        }
    }

    /// Nothing when it is as it should be, else what is wrong.
    private String demoAnswer() {
        try {
            var connection = (HttpURLConnection) URI.create("http://" + plan.httpAddress() + DEMO_PATH)
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(HTTP_MILLIS);
            connection.setReadTimeout(HTTP_MILLIS);
            int code = connection.getResponseCode();
            connection.disconnect();
            return code == HttpURLConnection.HTTP_OK ? "" : "HTTP " + code;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String status(Lattice lattice) {
        try {
            return "status of " + DEMO_APPLICATION + ": "
                    + Json.compact(
                            new Applications(lattice).status(DEMO_APPLICATION).path("status")) + "\n" + tails();
        } catch (CommandFailure e) {
            return tails();
        }
    }

    private String tails() {
        return crew.state().members().stream()
                .filter(member -> member.role() != Role.NATS)
                .map(StartLattice::tail)
                .reduce("", String::concat)
                .stripTrailing();
    }

    private static String tail(Member member) {
        return "the last lines of " + member.log() + ":\n" + Processes.tail(member.log(), TAIL_LINES / 3) + "\n";
    }

    /// Waits until it holds. A failure meanwhile counts only when the time is over: what starts does not answer
    /// yet.
    private void await(String what, java.util.function.BooleanSupplier condition) {
        String[] reason = {""};
        boolean held = Processes.await(PATIENCE, () -> {
            if (crew.stopping()) {
                throw CommandFailure.failed("stopped while starting");
            }
            crew.lossReport().ifPresent(report -> {
                throw CommandFailure.failed(report);
            });
            try {
                return condition.getAsBoolean();
            } catch (CommandFailure notYet) {
                reason[0] = ": " + notYet.getMessage();
                return false;
            }
        });
        if (!held) {
            throw CommandFailure.failed(
                    "waited " + PATIENCE.toSeconds() + " s for " + what + reason[0] + "\n" + tails());
        }
    }
}
