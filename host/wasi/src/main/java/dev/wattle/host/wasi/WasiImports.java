package dev.wattle.host.wasi;

import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.ImportSource;
import dev.wattle.wit.InterfaceName;
import java.util.Optional;
import java.util.regex.Pattern;

/// WASI 0.2 for one component, with what its context grants. Immutable; made once per deployed component,
/// shared by its sandboxes.
///
/// Serves every `0.2.y` of a released interface, the drafts of `wasi:config` and `wasi:logging`, and nothing
/// else: a component that imports another track is refused by name when it is linked.
public final class WasiImports implements ImportSource {
    private static final String TRACK = "0.2";
    private static final Pattern CONFIG_DRAFT = Pattern.compile("0\\.2\\.[0-9]+-(draft|rc\\.[0-9]+)");
    private static final String LOGGING_DRAFT = "0.1.0-draft";

    private final WasiContext context;
    private final LineRate rate;

    public WasiImports(WasiContext context) {
        this.context = context;
        this.rate = new LineRate(context.monotonicClock());
    }

    @Override
    public Optional<HostInterface> interfaceFor(InterfaceName name) {
        if (!name.namespace().equals("wasi") || !served(name)) {
            return Optional.empty();
        }
        return switch (name.packageName()) {
            case "io" -> io(name.interfaceName());
            case "clocks" -> clocks(name.interfaceName());
            case "random" -> random(name.interfaceName());
            case "cli" -> cli(name.interfaceName());
            case "http" -> http(name.interfaceName());
            case "filesystem" -> filesystem(name.interfaceName());
            case "sockets" -> sockets(name.interfaceName());
            case "config" ->
                switch (name.interfaceName()) {
                    case "store", "runtime" -> Optional.of(ConfigInterfaces.table(context, rate));
                    default -> Optional.empty();
                };
            case "logging" ->
                name.interfaceName().equals("logging")
                        ? Optional.of(LoggingInterface.table(context, rate))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean served(InterfaceName name) {
        return switch (name.packageName()) {
            case "logging" -> name.version().isEmpty() || name.version().get().equals(LOGGING_DRAFT);
            case "config" -> released(name) || matches(CONFIG_DRAFT, name);
            default -> released(name);
        };
    }

    private static boolean released(InterfaceName name) {
        return name.track().filter(TRACK::equals).isPresent();
    }

    private static boolean matches(Pattern pattern, InterfaceName name) {
        return name.version()
                .filter(version -> pattern.matcher(version).matches())
                .isPresent();
    }

    private static Optional<HostInterface> io(String name) {
        return switch (name) {
            case "error" -> Optional.of(IoInterfaces.ERROR_TABLE);
            case "poll" -> Optional.of(IoInterfaces.POLL_TABLE);
            case "streams" -> Optional.of(IoInterfaces.STREAMS_TABLE);
            default -> Optional.empty();
        };
    }

    private Optional<HostInterface> clocks(String name) {
        return switch (name) {
            case "wall-clock" -> Optional.of(ClockInterfaces.wallClock(context));
            case "monotonic-clock" -> Optional.of(ClockInterfaces.monotonicClock(context));
            default -> Optional.empty();
        };
    }

    private Optional<HostInterface> random(String name) {
        return switch (name) {
            case "random" -> Optional.of(RandomInterfaces.random(context));
            case "insecure" -> Optional.of(RandomInterfaces.insecure(context));
            case "insecure-seed" -> Optional.of(RandomInterfaces.insecureSeed(context));
            default -> Optional.empty();
        };
    }

    private Optional<HostInterface> cli(String name) {
        return switch (name) {
            case "environment" -> Optional.of(CliInterfaces.environment(context));
            case "exit" -> Optional.of(CliInterfaces.EXIT);
            case "stdin" -> Optional.of(CliInterfaces.stdin(context));
            case "stdout" -> Optional.of(CliInterfaces.stdout(context, rate));
            case "stderr" -> Optional.of(CliInterfaces.stderr(context, rate));
            case "terminal-input" ->
                Optional.of(CliInterfaces.terminal("terminal-input", CliInterfaces.TERMINAL_INPUT));
            case "terminal-output" ->
                Optional.of(CliInterfaces.terminal("terminal-output", CliInterfaces.TERMINAL_OUTPUT));
            case "terminal-stdin" ->
                Optional.of(
                        CliInterfaces.noTerminal("get-terminal-stdin", "terminal-input", CliInterfaces.TERMINAL_INPUT));
            case "terminal-stdout", "terminal-stderr" ->
                Optional.of(CliInterfaces.noTerminal("get-" + name, "terminal-output", CliInterfaces.TERMINAL_OUTPUT));
            default -> Optional.empty();
        };
    }

    private static Optional<HostInterface> http(String name) {
        return switch (name) {
            case "types" -> Optional.of(HttpInterfaces.TYPES);
            case "outgoing-handler" -> Optional.of(HttpInterfaces.OUTGOING_HANDLER);
            default -> Optional.empty();
        };
    }

    private static Optional<HostInterface> filesystem(String name) {
        return switch (name) {
            case "types" -> Optional.of(FilesystemInterfaces.TYPES);
            case "preopens" -> Optional.of(FilesystemInterfaces.PREOPENS);
            default -> Optional.empty();
        };
    }

    private static Optional<HostInterface> sockets(String name) {
        return switch (name) {
            case "network" -> Optional.of(SocketInterfaces.NETWORK_TABLE);
            case "instance-network" -> Optional.of(SocketInterfaces.INSTANCE_NETWORK);
            case "ip-name-lookup" -> Optional.of(SocketInterfaces.NAME_LOOKUP);
            case "tcp" -> Optional.of(SocketInterfaces.TCP);
            case "tcp-create-socket" -> Optional.of(SocketInterfaces.TCP_CREATE);
            case "udp" -> Optional.of(SocketInterfaces.UDP);
            case "udp-create-socket" -> Optional.of(SocketInterfaces.UDP_CREATE);
            default -> Optional.empty();
        };
    }
}
