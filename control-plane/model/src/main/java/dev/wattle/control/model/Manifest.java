package dev.wattle.control.model;

import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// One application as its author wants it, in wadm's terms. What [ManifestParser] hands out is complete and
/// consistent: names are unique, links have targets.
public record Manifest(
        AppName name,
        SortedMap<String, String> annotations,
        SortedMap<String, String> labels,
        List<Workload> workloads,
        List<Policy> policies) {
    static final String VERSION = "version";
    static final String DESCRIPTION = "description";

    public Manifest {
        Objects.requireNonNull(name, "name");
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        workloads = List.copyOf(workloads);
        policies = List.copyOf(policies);
    }

    /// The `version` annotation.
    public Optional<ManifestVersion> version() {
        return Optional.ofNullable(annotations.get(VERSION)).map(ManifestVersion::new);
    }

    /// The `description` annotation.
    public Optional<String> description() {
        return Optional.ofNullable(annotations.get(DESCRIPTION));
    }

    /// The same with another version.
    public Manifest withVersion(ManifestVersion version) {
        var changed = new TreeMap<>(annotations);
        changed.put(VERSION, version.value());
        return new Manifest(name, changed, labels, workloads, policies);
    }

    /// The same with other image references: a client makes relative ones absolute before it hands a manifest
    /// in.
    public Manifest withImages(UnaryOperator<String> change) {
        List<Workload> changed =
                workloads.stream().map(workload -> workload.withImage(change)).toList();
        return new Manifest(name, annotations, labels, changed, policies);
    }

    /// How the lattice knows one of its workloads: what the author says, else `{application}-{component}`.
    public WorkloadId idOf(Workload workload) {
        return workload.id().orElseGet(() -> new WorkloadId(defaultId(name.value(), workload.name())));
    }

    /// How the lattice knows a configuration: the author's name when it is kept elsewhere, else
    /// `{application}-{name}`.
    public ConfigName nameOf(ConfigUse config) {
        return new ConfigName(config.properties().isEmpty() ? config.name() : defaultId(name.value(), config.name()));
    }

    /// The workload of that name in this manifest.
    public Optional<Workload> findWorkload(String workload) {
        return workloads.stream().filter(each -> each.name().equals(workload)).findFirst();
    }

    static String defaultId(String app, String part) {
        return Texts.idPart(app) + "-" + Texts.idPart(part);
    }

    /// What answers a question that workloads ask: where secrets are kept, who may do what.
    public record Policy(String name, String type, SortedMap<String, String> properties) {
        /// The type whose `backend` property names a keeper of secrets.
        static final String SECRETS = "policy.secret.wasmcloud.dev/v1alpha1";

        public Policy {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        }
    }

    /// Named values for a workload or one end of a link.
    ///
    /// @param properties nothing when somebody else keeps them in the lattice
    public record ConfigUse(String name, Optional<SortedMap<String, String>> properties) {
        public ConfigUse {
            Objects.requireNonNull(name, "name");
            properties = properties.map(values -> Collections.unmodifiableSortedMap(new TreeMap<>(values)));
        }
    }

    /// A secret that a policy's backend keeps. Only its whereabouts, never its value.
    public record SecretUse(String name, String policy, String key, Optional<String> field, Optional<String> version) {
        public SecretUse {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(policy, "policy");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(version, "version");
        }
    }
}
