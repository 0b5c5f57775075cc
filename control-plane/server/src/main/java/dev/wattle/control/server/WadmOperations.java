package dev.wattle.control.server;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppRecord;
import dev.wattle.control.model.Manifest;
import dev.wattle.control.model.ManifestException;
import dev.wattle.control.model.ManifestParser;
import dev.wattle.control.model.ManifestParser.Format;
import dev.wattle.control.model.ManifestVersion;
import dev.wattle.control.model.WadmAnswer;
import dev.wattle.control.model.WadmAnswer.Failure;
import dev.wattle.control.model.WadmAnswer.ModelSummary;
import dev.wattle.control.model.WadmAnswer.Result;
import dev.wattle.control.model.WadmAnswer.VersionInfo;
import dev.wattle.control.model.Workload;
import dev.wattle.control.server.AppStore.Change;
import dev.wattle.control.server.AppStore.Stored;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.wit.ByteString;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What each operation of wadm's API does to the stored applications, and its answer. What follows in the
/// lattice is the loop's work, which sees the changed record.
final class WadmOperations {
    private static final Logger LOG = LoggerFactory.getLogger(WadmOperations.class);

    private final AppStore store;
    private final StatusBoard statuses;
    private final SecureRandom random = new SecureRandom();

    WadmOperations(AppStore store, StatusBoard statuses) {
        this.store = store;
        this.statuses = statuses;
    }

    WadmAnswer put(ByteString text, Optional<String> contentType) {
        Optional<Format> format = format(contentType);
        if (format.isEmpty()) {
            return new Failure("Unsupported content type: " + contentType.orElse("")
                    + "; expected application/yaml or application/json");
        }
        Manifest manifest;
        try {
            manifest = ManifestParser.parse("manifest", text.toArray(), format.get());
        } catch (ManifestException refused) {
            return new Failure(String.valueOf(refused.getMessage()));
        }
        ManifestVersion version = manifest.version()
                .orElseGet(() -> new ManifestVersion(VersionIds.next(System.currentTimeMillis(), random)));
        return store.change(manifest.name(), stored -> put(manifest.withVersion(version), version, stored));
    }

    private static Optional<Format> format(Optional<String> contentType) {
        String type = contentType
                .map(text -> text.toLowerCase(Locale.ROOT).split(";")[0].strip())
                .orElse("");
        return switch (type) {
            case "" -> Optional.of(Format.ANY);
            case "application/yaml", "application/x-yaml", "text/yaml" -> Optional.of(Format.YAML);
            case "application/json" -> Optional.of(Format.JSON);
            default -> Optional.empty();
        };
    }

    private static Change<WadmAnswer> put(Manifest manifest, ManifestVersion version, Optional<Stored> stored) {
        AppName name = manifest.name();
        AppRecord before = stored.map(Stored::record).orElseGet(() -> AppRecord.empty(name));
        if (before.find(version).isPresent()) {
            return new Change<>(
                    Optional.empty(), new Failure("Manifest version " + version + " of " + name + " already exists"));
        }
        AppRecord after = before.with(manifest);
        LOG.info("app.put app={} version={}", name, version);
        return new Change<>(
                Optional.of(after),
                new WadmAnswer.Put(
                        before.deleted() ? Result.CREATED : Result.NEWVERSION,
                        after.versions().size(),
                        version.value(),
                        "Successfully put manifest " + name + " " + version,
                        name.value()));
    }

    /// Those that are not deleted.
    private SortedMap<AppName, Stored> present() {
        SortedMap<AppName, Stored> present = new TreeMap<>(store.all());
        present.values().removeIf(stored -> stored.record().deleted());
        return present;
    }

    private Optional<Stored> present(AppName name) {
        return store.find(name).filter(stored -> !stored.record().deleted());
    }

    private static String unknown(AppName name) {
        return "Model with the name " + name + " not found";
    }

    private static String unknown(AppName name, String version) {
        return "Model with the name " + name + " has no version " + version;
    }

    WadmAnswer list() {
        return new WadmAnswer.Listing(summaries());
    }

    WadmAnswer models() {
        return new WadmAnswer.Models(Result.SUCCESS, "Successfully fetched list of applications", summaries());
    }

    private List<ModelSummary> summaries() {
        List<ModelSummary> summaries = new ArrayList<>();
        present().forEach((name, stored) -> {
            AppRecord record = stored.record();
            Manifest latest = record.latest().orElseThrow();
            summaries.add(new ModelSummary(
                    name.value(),
                    latest.version().orElseThrow().value(),
                    latest.description(),
                    record.deployed().map(ManifestVersion::value),
                    statuses.of(record, stored.revision())));
        });
        return summaries;
    }

    WadmAnswer get(AppName name, Optional<String> version) {
        Optional<Stored> stored = present(name);
        if (stored.isEmpty()) {
            return new WadmAnswer.Get(Result.NOTFOUND, unknown(name), Optional.empty());
        }
        Optional<Manifest> manifest = find(stored.get().record(), version);
        return manifest.isEmpty()
                ? new WadmAnswer.Get(Result.NOTFOUND, unknown(name, version.orElse("")), Optional.empty())
                : new WadmAnswer.Get(Result.SUCCESS, "Successfully fetched model " + name, manifest);
    }

    private static Optional<Manifest> find(AppRecord record, Optional<String> version) {
        if (version.isEmpty() || version.get().equals(ManifestVersion.LATEST)) {
            return record.latest();
        }
        return record.versions().stream()
                .filter(each -> each.version().map(ManifestVersion::value).equals(version))
                .findFirst();
    }

    WadmAnswer versions(AppName name) {
        return present(name)
                .map(stored -> new WadmAnswer.Versions(
                        Result.SUCCESS,
                        "Successfully fetched versions of " + name,
                        stored.record().versions().stream()
                                .map(each -> each.version().orElseThrow())
                                .map(version -> new VersionInfo(
                                        version.value(),
                                        stored.record().deployed().equals(Optional.of(version))))
                                .toList()))
                .orElseGet(() -> new WadmAnswer.Versions(Result.NOTFOUND, unknown(name), List.of()));
    }

    WadmAnswer delete(AppName name, Optional<String> version) {
        return store.change(name, stored -> {
            Optional<AppRecord> present = stored.map(Stored::record).filter(record -> !record.deleted());
            Optional<Manifest> manifest = present.flatMap(record -> find(record, version));
            if (present.isEmpty() || manifest.isEmpty()) {
                String message = present.isEmpty() ? unknown(name) : unknown(name, version.orElse(""));
                return new Change<>(Optional.empty(), new WadmAnswer.Delete(Result.NOOP, message, false));
            }
            AppRecord record = present.get();
            ManifestVersion gone = manifest.get().version().orElseThrow();
            boolean all = version.isEmpty() || record.versions().size() == 1;
            boolean undeploy =
                    record.deployed().isPresent() && (all || record.deployed().equals(Optional.of(gone)));
            LOG.info("app.deleted app={} version={}", name, all ? "all" : gone);
            return new Change<>(
                    Optional.of(all ? record.deleting() : record.without(gone)),
                    new WadmAnswer.Delete(
                            Result.DELETED,
                            "Successfully deleted " + (all ? "application " + name : name + " " + gone),
                            undeploy));
        });
    }

    WadmAnswer deploy(AppName name, Optional<String> version) {
        return store.change(name, stored -> {
            Optional<AppRecord> present = stored.map(Stored::record).filter(record -> !record.deleted());
            Optional<Manifest> manifest = present.flatMap(record -> find(record, version));
            if (present.isEmpty() || manifest.isEmpty()) {
                String message = present.isEmpty() ? unknown(name) : unknown(name, version.orElse(""));
                return new Change<>(Optional.empty(), deployed(Result.NOTFOUND, message, name, Optional.empty()));
            }
            Optional<String> conflict = conflict(manifest.get());
            if (conflict.isPresent()) {
                return new Change<>(Optional.empty(), deployed(Result.ERROR, conflict.get(), name, Optional.empty()));
            }
            ManifestVersion chosen = manifest.get().version().orElseThrow();
            LOG.info("app.deployed app={} version={}", name, chosen);
            return new Change<>(
                    Optional.of(present.get().deploying(chosen)),
                    deployed(
                            Result.ACKNOWLEDGED,
                            "Successfully deployed " + name + " " + chosen,
                            name,
                            Optional.of(chosen.value())));
        });
    }

    private static WadmAnswer deployed(Result result, String message, AppName name, Optional<String> version) {
        return new WadmAnswer.Deploy(result, message, name.value(), version);
    }

    /// An id runs for one application at a time.
    private Optional<String> conflict(Manifest manifest) {
        Map<WorkloadId, String> wanted = new TreeMap<>();
        for (Workload workload : manifest.workloads()) {
            wanted.put(manifest.idOf(workload), workload.name());
        }
        for (Stored other : present().values()) {
            Optional<Manifest> running = other.record()
                    .deployedManifest()
                    .filter(each -> !each.name().equals(manifest.name()));
            for (Workload workload : running.map(Manifest::workloads).orElseGet(List::of)) {
                WorkloadId id = running.get().idOf(workload);
                if (wanted.containsKey(id)) {
                    return Optional.of("Component " + wanted.get(id) + " has the id " + id + ", which application "
                            + running.get().name() + " has deployed");
                }
            }
        }
        return Optional.empty();
    }

    WadmAnswer undeploy(AppName name) {
        return store.change(name, stored -> {
            Optional<AppRecord> present = stored.map(Stored::record).filter(record -> !record.deleted());
            if (present.isEmpty()) {
                return new Change<>(Optional.empty(), deployed(Result.NOTFOUND, unknown(name), name, Optional.empty()));
            }
            Optional<String> version = present.get().deployed().map(ManifestVersion::value);
            LOG.info("app.undeployed app={}", name);
            return new Change<>(
                    version.isPresent() ? Optional.of(present.get().undeployed()) : Optional.empty(),
                    deployed(
                            Result.ACKNOWLEDGED,
                            version.isPresent() ? "Successfully undeployed " + name : name + " was not deployed",
                            name,
                            version));
        });
    }

    WadmAnswer status(AppName name) {
        return present(name)
                .map(stored -> new WadmAnswer.Status(
                        Result.OK,
                        "Successfully fetched status of " + name,
                        Optional.of(statuses.of(stored.record(), stored.revision()))))
                .orElseGet(() -> new WadmAnswer.Status(Result.NOTFOUND, unknown(name), Optional.empty()));
    }
}
