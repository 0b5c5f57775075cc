package dev.wattle.control.model;

import dev.wattle.wit.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is stored of one application: its versions, the oldest first, and which of them should run. One key of
/// the store holds one of these.
///
/// A deleted application leaves a record without versions for ever: by it a host that comes back late with
/// something of the application is known to run what nobody wants.
///
/// @param versions none when the application was deleted
/// @param deployed the version that should run; nothing when it is undeployed
/// @param leftovers versions that are gone for users, kept until nothing of them is left in the lattice
public record AppRecord(
        AppName name, List<Manifest> versions, Optional<ManifestVersion> deployed, List<Manifest> leftovers) {
    /// Enough to go back after a bad week; the deployed one is kept beside.
    public static final int MAX_VERSIONS = 20;

    /// NATS takes 1 MiB at most by default, headers included.
    static final int MAX_BYTES = 900 << 10;

    private static final int FORMAT = 1;

    public AppRecord {
        Objects.requireNonNull(name, "name");
        versions = List.copyOf(versions);
        Objects.requireNonNull(deployed, "deployed");
        leftovers = List.copyOf(leftovers);
        if (versions.stream().anyMatch(version -> version.version().isEmpty())) {
            throw new IllegalArgumentException("every stored manifest has a version: " + name);
        }
    }

    /// One without versions.
    public static AppRecord empty(AppName name) {
        return new AppRecord(name, List.of(), Optional.empty(), List.of());
    }

    /// Gone for its users.
    public boolean deleted() {
        return versions.isEmpty();
    }

    /// The version of that name.
    public Optional<Manifest> find(ManifestVersion version) {
        return versions.stream()
                .filter(manifest -> manifest.version().equals(Optional.of(version)))
                .findFirst();
    }

    /// The one that was put last.
    public Optional<Manifest> latest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }

    /// The one that should run.
    public Optional<Manifest> deployedManifest() {
        return deployed.flatMap(this::find);
    }

    /// The same with one more version; the oldest go when there are too many.
    public AppRecord with(Manifest manifest) {
        List<Manifest> all = new ArrayList<>(versions);
        all.add(manifest);
        var grown = new AppRecord(name, all, deployed, leftovers);
        while (grown.versions.size() > MAX_VERSIONS || grown.toJson().size() > MAX_BYTES) {
            Optional<AppRecord> shorter = grown.withoutOldest();
            if (shorter.isEmpty()) {
                break;
            }
            grown = shorter.get();
        }
        return grown;
    }

    private Optional<AppRecord> withoutOldest() {
        List<Manifest> left = new ArrayList<>(versions);
        for (Manifest each : versions.subList(0, versions.size() - 1)) {
            if (!each.version().equals(deployed)) {
                left.remove(each);
                return Optional.of(new AppRecord(name, left, deployed, leftovers));
            }
        }
        return leftovers.isEmpty() ? Optional.empty() : Optional.of(withoutLeftovers());
    }

    /// The same without one version. When that runs, nothing runs.
    public AppRecord without(ManifestVersion version) {
        List<Manifest> left = new ArrayList<>(versions);
        List<Manifest> gone = new ArrayList<>(leftovers);
        find(version).ifPresent(manifest -> {
            left.remove(manifest);
            gone.add(manifest);
        });
        return new AppRecord(name, left, deployed.filter(each -> !each.equals(version)), gone);
    }

    /// The same with that version to run.
    public AppRecord deploying(ManifestVersion version) {
        return new AppRecord(name, versions, Optional.of(version), leftovers);
    }

    /// The same with none to run.
    public AppRecord undeployed() {
        return new AppRecord(name, versions, Optional.empty(), leftovers);
    }

    /// Gone, but for what is left in the lattice.
    public AppRecord deleting() {
        List<Manifest> gone = new ArrayList<>(leftovers);
        gone.addAll(versions);
        return new AppRecord(name, List.of(), Optional.empty(), gone);
    }

    /// The same once nothing is left.
    public AppRecord withoutLeftovers() {
        return new AppRecord(name, versions, deployed, List.of());
    }

    /// What the planner is told.
    public Desired.App desired() {
        Optional<Manifest> running = deployedManifest();
        List<Manifest> retired = Stream.concat(versions.stream(), leftovers.stream())
                .filter(manifest -> !Optional.of(manifest).equals(running))
                .toList();
        return new Desired.App(name, running, retired);
    }

    /// Its JSON, with the number of its format.
    public ByteString toJson() {
        ObjectNode node = Json.object();
        node.put("format", FORMAT);
        node.put("name", name.value());
        deployed.ifPresent(version -> node.put("deployed", version.value()));
        put(node.putArray("versions"), versions);
        put(node.putArray("leftovers"), leftovers);
        return Json.write(node);
    }

    private static void put(ArrayNode list, List<Manifest> manifests) {
        manifests.forEach(manifest -> list.add(ManifestWriter.tree(manifest)));
    }

    /// Reads what [#toJson()] wrote.
    ///
    /// @throws StoredFormatException when it is something else
    public static AppRecord fromJson(ByteString json) {
        JsonNode node = Json.parse(json);
        if (node.path("format").asInt(0) != FORMAT) {
            throw new StoredFormatException("a record of format " + node.path("format") + ", expected " + FORMAT);
        }
        try {
            return new AppRecord(
                    new AppName(node.path("name").asString("")),
                    manifests(node.path("versions")),
                    node.has("deployed")
                            ? Optional.of(
                                    new ManifestVersion(node.path("deployed").asString("")))
                            : Optional.empty(),
                    manifests(node.path("leftovers")));
        } catch (ManifestException | IllegalArgumentException damaged) {
            throw new StoredFormatException(
                    "a damaged record: " + Texts.abbreviate(String.valueOf(damaged.getMessage())));
        }
    }

    private static List<Manifest> manifests(JsonNode list) {
        List<Manifest> found = new ArrayList<>();
        for (JsonNode manifest : list.values()) {
            found.add(ManifestParser.parse("stored", Json.write(manifest).toArray(), ManifestParser.Format.JSON));
        }
        return found;
    }
}
