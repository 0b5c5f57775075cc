package dev.wattle.lattice.agent;

import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.LatticeName;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What an agent is told about its host.
///
/// @param labels with which it starts
/// @param version semantic version of the host
/// @param boot tells runs of one host apart: when it started, in milliseconds since 1970
/// @param startedAtMillis when it started, on the clock of `handle`'s `nowMillis`
/// @param builtinProviders names of the providers that this host can run (`http-server`)
/// @param rpcHost the URL it tells others, without credentials
/// @param ctlHost the URL it tells others, without credentials
/// @param beatEvery between two beats of ours
/// @param heartbeatEvery between two of wasmCloud's heartbeats
/// @param stopGrace for work in flight, when who stops the host does not say
public record AgentSettings(
        HostId host,
        LatticeName lattice,
        String friendlyName,
        SortedMap<String, String> labels,
        String version,
        long boot,
        long startedAtMillis,
        SortedSet<String> builtinProviders,
        Optional<String> rpcHost,
        Optional<String> ctlHost,
        Duration beatEvery,
        Duration heartbeatEvery,
        Duration stopGrace) {
    /// Twice a second: with it a dead host is noticed well within three.
    public static final Duration BEAT_EVERY = Duration.ofMillis(500);

    /// wasmCloud's.
    public static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(30);

    /// wasmCloud's.
    public static final Duration STOP_GRACE = Duration.ofSeconds(10);

    public AgentSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(lattice, "lattice");
        Objects.requireNonNull(friendlyName, "friendlyName");
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        Objects.requireNonNull(version, "version");
        builtinProviders = Collections.unmodifiableSortedSet(new TreeSet<>(builtinProviders));
        Objects.requireNonNull(rpcHost, "rpcHost");
        Objects.requireNonNull(ctlHost, "ctlHost");
        Objects.requireNonNull(beatEvery, "beatEvery");
        Objects.requireNonNull(heartbeatEvery, "heartbeatEvery");
        Objects.requireNonNull(stopGrace, "stopGrace");
    }

    /// With the usual times and no URLs.
    public static AgentSettings of(
            HostId host,
            LatticeName lattice,
            String friendlyName,
            SortedMap<String, String> labels,
            String version,
            long boot,
            long startedAtMillis,
            SortedSet<String> builtinProviders) {
        return new AgentSettings(
                host,
                lattice,
                friendlyName,
                labels,
                version,
                boot,
                startedAtMillis,
                builtinProviders,
                Optional.empty(),
                Optional.empty(),
                BEAT_EVERY,
                HEARTBEAT_EVERY,
                STOP_GRACE);
    }
}
