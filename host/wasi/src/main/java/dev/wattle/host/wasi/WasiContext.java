package dev.wattle.host.wasi;

import dev.wattle.wit.ByteString;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What one component is granted. Starts with nothing but clocks and randomness; each `with…` makes a copy
/// that grants more. Immutable; shared by all sandboxes of the component. `toString` shows the id alone:
/// values may be secret.
///
/// @param componentId for messages
/// @param environment variables
/// @param arguments with the program's name first, if any
/// @param config asked once per sandbox, at its first use
/// @param stdin read from its start by each sandbox
/// @param stdout lines that the guest writes
/// @param stderr lines that the guest writes
/// @param wallClock the time of day
/// @param monotonicClock for measuring and waiting
/// @param random for secrets
/// @param insecureRandom for hash seeds and the like
/// @param log of `wasi:logging`
public record WasiContext(
        String componentId,
        SortedMap<String, String> environment,
        List<String> arguments,
        Supplier<SortedMap<String, String>> config,
        ByteString stdin,
        GuestOutput stdout,
        GuestOutput stderr,
        InstantSource wallClock,
        MonotonicClock monotonicClock,
        RandomSource random,
        RandomSource insecureRandom,
        GuestLog log) {
    public WasiContext {
        Objects.requireNonNull(componentId, "componentId");
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        arguments = List.copyOf(arguments);
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(stdin, "stdin");
        Objects.requireNonNull(stdout, "stdout");
        Objects.requireNonNull(stderr, "stderr");
        Objects.requireNonNull(wallClock, "wallClock");
        Objects.requireNonNull(monotonicClock, "monotonicClock");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(insecureRandom, "insecureRandom");
        Objects.requireNonNull(log, "log");
    }

    /// Nothing granted but the system's clocks and randomness.
    public static WasiContext of(String componentId) {
        RandomSource secure = RandomSource.secure();
        return new WasiContext(
                componentId,
                Collections.emptySortedMap(),
                List.of(),
                Collections::emptySortedMap,
                ByteString.EMPTY,
                GuestOutput.NONE,
                GuestOutput.NONE,
                InstantSource.system(),
                MonotonicClock.system(),
                secure,
                secure,
                GuestLog.NONE);
    }

    /// Grants these variables.
    public WasiContext withEnvironment(SortedMap<String, String> environment) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Gives it these arguments.
    public WasiContext withArguments(List<String> arguments) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Gives it this configuration.
    public WasiContext withConfig(Supplier<SortedMap<String, String>> config) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Gives it these bytes to read.
    public WasiContext withStdin(ByteString stdin) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Lets it write to its standard output.
    public WasiContext withStdout(GuestOutput stdout) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Lets it write to its standard error.
    public WasiContext withStderr(GuestOutput stderr) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Another time of day.
    public WasiContext withWallClock(InstantSource wallClock) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Another clock to measure and wait by.
    public WasiContext withMonotonicClock(MonotonicClock monotonicClock) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Other randomness for secrets.
    public WasiContext withRandom(RandomSource random) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Other randomness for everything else.
    public WasiContext withInsecureRandom(RandomSource insecureRandom) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    /// Lets it log.
    public WasiContext withLog(GuestLog log) {
        return new WasiContext(
                componentId,
                environment,
                arguments,
                config,
                stdin,
                stdout,
                stderr,
                wallClock,
                monotonicClock,
                random,
                insecureRandom,
                log);
    }

    @Override
    public String toString() {
        return "WasiContext[" + componentId + "]";
    }
}
