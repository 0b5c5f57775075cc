package dev.wattle.cli;

import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.NatsCredentials;
import dev.wattle.lattice.transport.NatsSettings;
import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.TransportException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which lattice a command talks to: the one that runs here, unless the caller says otherwise.
final class LatticeOptions {
    private static final String URL_VARIABLE = "WATTLE_NATS_URL";

    @Option(
            names = "--nats-url",
            paramLabel = "URL",
            description =
                    "The NATS server (default: $" + URL_VARIABLE + ", else the lattice that './wattle up' started).")
    private Optional<String> natsUrl = Optional.empty();

    @Option(
            names = "--creds",
            paramLabel = "FILE",
            description = "A file with {\"user\":…,\"password\":…} that you alone may read.")
    private Optional<String> credentials = Optional.empty();

    @Option(
            names = {"-x", "--lattice"},
            paramLabel = "NAME",
            description = "The lattice (default: the one that runs, or 'default').")
    private Optional<String> lattice = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = Durations.class,
            description = "How long to wait for each answer (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(2);

    Duration timeout() {
        return timeout;
    }

    /// Connects.
    ///
    /// @throws CommandFailure when there is no lattice, or no way to it
    Lattice connect(Surroundings surroundings) {
        Optional<String> url = url(surroundings);
        if (url.isPresent()) {
            return connect(surroundings, url.get(), Optional.empty());
        }
        LatticeState state = new StateFolder(surroundings.home())
                .load()
                .filter(found -> !found.alive().isEmpty())
                .orElseThrow(() -> CommandFailure.failed("nothing runs here; start it with ./wattle up"));
        return connect(surroundings, state.natsUrl(), Optional.of(state));
    }

    private Optional<String> url(Surroundings surroundings) {
        return natsUrl.or(() -> Optional.ofNullable(surroundings.environment().get(URL_VARIABLE))
                .filter(text -> !text.isBlank()));
    }

    /// The state of the lattice that `wattle up` started here, when the command talks to that one.
    Optional<StateFolder> ownState(Surroundings surroundings) {
        return url(surroundings).isEmpty() && lattice.isEmpty()
                ? Optional.of(new StateFolder(surroundings.home()))
                : Optional.empty();
    }

    private Lattice connect(Surroundings surroundings, String url, Optional<LatticeState> state) {
        String name = lattice.or(() -> state.map(LatticeState::lattice)).orElse("default");
        NatsSettings settings = NatsSettings.at(server(url)).withConnectionName("wattle-cli");
        try {
            if (credentials.isPresent()) {
                settings = settings.withCredentials(NatsCredentials.read(surroundings.resolve(credentials.get())));
            } else if (state.isPresent()) {
                settings = settings.withCredentials(
                        NatsCredentials.read(state.get().credentials()));
            }
            return new Lattice(
                    NatsTransport.connect(settings),
                    latticeName(name),
                    timeout,
                    state.map(LatticeState::expectedHosts).orElse(0));
        } catch (TransportException e) {
            String hint = state.isPresent() ? "; './wattle down' and './wattle up' start the lattice afresh" : "";
            throw CommandFailure.failed(e.getMessage() + hint, e);
        }
    }

    private static URI server(String url) {
        try {
            URI server = URI.create(url.contains("://") ? url : "nats://" + url);
            NatsSettings.at(server);
            return server;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("'" + url.replaceAll("//[^@/]*@", "//…@") + "' is no address of a NATS server; "
                    + "write nats://host:port, and credentials in a file for --creds");
        }
    }

    static LatticeName latticeName(String name) {
        try {
            return new LatticeName(name);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }
}
