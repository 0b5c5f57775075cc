package dev.wattle.lattice.transport.server;

import dev.wattle.lattice.transport.NatsCredentials;
import dev.wattle.lattice.transport.NatsSettings;
import dev.wattle.lattice.transport.server.NatsServerException.Code;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A running nats-server with JetStream that this process started: on a loopback address, with a generated
/// password in files that only its owner may read.
public final class NatsServer implements AutoCloseable {
    /// How long it may take to close its store before it is killed.
    static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /// Below this a store cannot even take a lattice's configuration.
    static final long MIN_FREE_BYTES = 16L << 20;

    private static final String ADVICE =
            "; it was left as it is: put back a copy of that folder, or move it away to start with an empty one";

    private static final String INDEX_ADVICE = "; it was left as it is: put back a copy of that folder, or delete the"
            + " files index.db in it, which the server makes anew from what it can read of the messages";

    private static final Duration POLL = Duration.ofMillis(20);
    private static final int PROBE_TIMEOUT_MILLIS = 500;

    private final NatsServerSettings settings;
    private final ServerFiles files;
    private final NatsCredentials credentials;
    private final Process process;
    private final int port;
    private final @Nullable Thread shutdownHook;

    private NatsServer(
            NatsServerSettings settings,
            ServerFiles files,
            NatsCredentials credentials,
            Process process,
            int port,
            @Nullable Thread shutdownHook) {
        this.settings = settings;
        this.files = files;
        this.credentials = credentials;
        this.process = process;
        this.port = port;
        this.shutdownHook = shutdownHook;
    }

    /// Starts a server and waits until it answers.
    ///
    /// @throws NatsServerException that says why it did not start: a taken port, a damaged store, a full disk
    public static NatsServer start(NatsServerSettings settings) {
        ServerFiles files = new ServerFiles(settings.folder());
        try {
            NatsCredentials credentials = files.prepare(settings);
            requireSpace(settings.folder());
            var check = new StoreCheck(settings, files);
            Map<String, Long> readable = check.begin();
            Process process = launch(settings, files);
            boolean up = false;
            try {
                int port = awaitAnswer(settings, files, process);
                requireWholeStore(files, readable, check.blocksWhole());
                check.discard();
                Thread hook = settings.outlivesJvm() ? null : hook(process);
                up = true;
                return new NatsServer(settings, files, credentials, process, port, hook);
            } finally {
                if (!up) {
                    end(process.toHandle());
                    check.putBack();
                }
            }
        } catch (IOException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            throw new NatsServerException(
                    full ? Code.DISK_FULL : Code.DID_NOT_START,
                    "cannot start nats-server in " + settings.folder() + ": " + e.getMessage(),
                    e);
        }
    }

    private static void requireSpace(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < MIN_FREE_BYTES) {
            throw new NatsServerException(
                    Code.DISK_FULL,
                    "the disk of " + folder + " is full (" + free + " bytes are free): free at least " + MIN_FREE_BYTES
                            + " bytes for JetStream",
                    null);
        }
    }

    /// In a session of its own, where there is a `setsid`: a Ctrl-C on the terminal is for the one who started
    /// it, who then stops things in order.
    private static Process launch(NatsServerSettings settings, ServerFiles files) throws IOException {
        List<String> command = new ArrayList<>();
        NatsServerBinary.onPath("setsid", System.getenv()).ifPresent(setsid -> command.add(setsid.toString()));
        command.add(settings.binary().toString());
        command.add("-c");
        command.add(files.configuration().toString());
        return new ProcessBuilder(command)
                .directory(settings.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(files.output().toFile())
                .start();
    }

    private static int awaitAnswer(NatsServerSettings settings, ServerFiles files, Process process) throws IOException {
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (!process.isAlive()) {
                throw failed(settings, files, "ended at once");
            }
            Optional<Integer> port = files.port();
            if (port.isPresent() && answers(settings.host(), port.get())) {
                return port.get();
            }
            pause(process);
        }
        throw failed(settings, files, "did not answer within " + settings.startTimeout());
    }

    private static void pause(Process process) throws IOException {
        try {
            process.waitFor(POLL.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean answers(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), PROBE_TIMEOUT_MILLIS);
            socket.setSoTimeout(PROBE_TIMEOUT_MILLIS);
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("INFO");
        } catch (IOException _) {
            return false;
        }
    }

    private static NatsServerException failed(NatsServerSettings settings, ServerFiles files, String what) {
        var finding = new ServerLog(files.logText()).failure();
        String where = "; its log: " + files.log();
        if (finding.isEmpty()) {
            return new NatsServerException(
                    Code.DID_NOT_START, "nats-server (" + settings.binary() + ") " + what + where, null);
        }
        String says = finding.get().line();
        Code code = finding.get().code();
        String message = switch (code) {
            case PORT_TAKEN ->
                "port " + settings.port() + " on " + settings.host() + " is taken: nats-server says: " + says;
            case STORE_DAMAGED -> damaged(files, says);
            case DISK_FULL -> full(files, says);
            case DID_NOT_START, NO_BINARY -> "nats-server " + what + ": it says: " + says;
        };
        return new NatsServerException(code, message + where, null);
    }

    private static String damaged(ServerFiles files, String says) {
        return "the JetStream store in " + files.store() + " is damaged: nats-server says: " + says
                + (says.contains("from index") ? INDEX_ADVICE : ADVICE);
    }

    private static String full(ServerFiles files, String says) {
        return "the disk of " + files.store() + " is full: nats-server says: " + says + "; free some space";
    }

    /// A server with a damaged store starts all the same, without what it could not read. We do not.
    private static void requireWholeStore(ServerFiles files, Map<String, Long> readable, boolean blocksWhole) {
        var whole = new ServerLog(files.logText());
        ServerLog log = blocksWhole ? whole.withoutIndexes() : whole;
        String missing = StoreCheck.missing(log.restored(), readable);
        if (!missing.isEmpty()) {
            throw new NatsServerException(
                    Code.STORE_DAMAGED,
                    "the JetStream store in " + files.store() + " is damaged: " + missing + ADVICE,
                    null);
        }
        var finding = log.damage();
        if (finding.isPresent()) {
            Code code = finding.get().code();
            String says = finding.get().line();
            throw new NatsServerException(
                    code,
                    (code == Code.DISK_FULL ? full(files, says) : damaged(files, says)) + "; its log: " + files.log(),
                    null);
        }
    }

    private static Thread hook(Process process) {
        Thread hook = Thread.ofPlatform().name("wattle-nats-server-stop").unstarted(() -> end(process.toHandle()));
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    /// Ends a server, first politely: also one that another JVM started.
    ///
    /// @return whether it has ended
    public static boolean end(ProcessHandle server) {
        server.destroy();
        if (!ended(server)) {
            server.destroyForcibly();
            return ended(server);
        }
        return true;
    }

    private static boolean ended(ProcessHandle server) {
        try {
            server.onExit().get(STOP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException _) {
            return !server.isAlive();
        }
        return !server.isAlive();
    }

    /// Where it listens.
    public URI url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create("nats://" + host + ":" + port);
    }

    /// The port that it listens on.
    public int port() {
        return port;
    }

    /// Who may connect; the same is in [#credentialsFile()].
    public NatsCredentials credentials() {
        return credentials;
    }

    /// A file for [NatsCredentials#read], which only its owner may read.
    public Path credentialsFile() {
        return files.credentials();
    }

    /// Its log.
    public Path logFile() {
        return files.log();
    }

    /// How to connect to it.
    public NatsSettings connection() {
        return NatsSettings.at(url()).withCredentials(credentials);
    }

    /// Its process id.
    public long pid() {
        return process.pid();
    }

    /// When it started; with the process id it names one process for good. Nothing where the system does not
    /// tell.
    public Optional<Instant> startTime() {
        return process.info().startInstant();
    }

    /// Its process.
    public ProcessHandle process() {
        return process.toHandle();
    }

    /// Kills it as a crash would.
    public void kill() {
        process.destroyForcibly();
        ended(process.toHandle());
        forgetHook();
    }

    /// Ends it, first politely. Idempotent.
    public void stop() {
        end(process.toHandle());
        forgetHook();
    }

    private void forgetHook() {
        if (shutdownHook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(shutdownHook);
            } catch (IllegalStateException _) {
                // The JVM is ending: the hook runs, and finds nothing left to do.
                return;
            }
        }
    }

    /// The same as [#stop()].
    @Override
    public void close() {
        stop();
    }
}
