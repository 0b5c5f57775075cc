package dev.wattle.host.node;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one host is started with. Secrets are not in here but in the files that it names; `toString` may be
/// logged.
///
/// @param lattice that it joins
/// @param natsUrl `nats://host:port`, without credentials
/// @param credentialsFile user and password as JSON, readable by the owner alone
/// @param friendlyName for people; made up when absent
/// @param labels that manifests place by; `hostcore.*` are added
/// @param httpDefaultAddress where an HTTP server listens that is not told otherwise
/// @param allowFiles the folder below which `file:` images may be loaded; none when absent
/// @param adminPort of `/metrics`, `/livez` and `/readyz` on loopback, 0 for a free one
/// @param hostSeed the nkey seed of its identity; a fresh identity when absent
public record NodeSettings(
        String lattice,
        String natsUrl,
        Optional<Path> credentialsFile,
        Optional<String> friendlyName,
        SortedMap<String, String> labels,
        String httpDefaultAddress,
        Optional<Path> allowFiles,
        int adminPort,
        Optional<String> hostSeed) {
    public NodeSettings {
        Objects.requireNonNull(lattice, "lattice");
        Objects.requireNonNull(natsUrl, "natsUrl");
        Objects.requireNonNull(credentialsFile, "credentialsFile");
        Objects.requireNonNull(friendlyName, "friendlyName");
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        Objects.requireNonNull(httpDefaultAddress, "httpDefaultAddress");
        Objects.requireNonNull(allowFiles, "allowFiles");
        if (adminPort < 0 || adminPort > 65_535) {
            throw new IllegalArgumentException("adminPort must be 0..65535: " + adminPort);
        }
        Objects.requireNonNull(hostSeed, "hostSeed");
    }

    @Override
    public String toString() {
        return "NodeSettings[lattice=" + lattice + ", natsUrl=" + natsUrl + ", labels=" + labels + ", allowFiles="
                + allowFiles + ", adminPort=" + adminPort + "]";
    }
}
