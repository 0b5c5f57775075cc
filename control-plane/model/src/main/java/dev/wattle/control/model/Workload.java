package dev.wattle.control.model;

import dev.wattle.control.model.Manifest.ConfigUse;
import dev.wattle.control.model.Manifest.SecretUse;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A component or a provider of one application.
public record Workload(
        String name,
        Kind kind,
        Source source,
        Optional<WorkloadId> id,
        List<ConfigUse> config,
        List<SecretUse> secrets,
        List<Trait> traits) {
    public Workload {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
        config = List.copyOf(config);
        secrets = List.copyOf(secrets);
        traits = List.copyOf(traits);
    }

    /// What runs it.
    public enum Kind {
        COMPONENT("component"),
        PROVIDER("capability");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// The manifest's word for it.
        public String word() {
            return word;
        }
    }

    /// Where its code is.
    public sealed interface Source {
        /// An image reference.
        record Image(String reference) implements Source {
            public Image {
                Objects.requireNonNull(reference, "reference");
            }
        }

        /// A workload of an application that shares it.
        record Shared(AppName application, String component) implements Source {
            public Shared {
                Objects.requireNonNull(application, "application");
                Objects.requireNonNull(component, "component");
            }
        }
    }

    /// The scaler that decides how many run where, if one is given.
    public Optional<Trait.Scaler> scaler() {
        return traits.stream()
                .filter(Trait.Scaler.class::isInstance)
                .map(Trait.Scaler.class::cast)
                .findFirst();
    }

    Workload withImage(UnaryOperator<String> change) {
        Source changed = switch (source) {
            case Source.Image(String reference) -> new Source.Image(change.apply(reference));
            case Source.Shared shared -> shared;
        };
        return new Workload(name, kind, changed, id, config, secrets, traits);
    }

    /// Its outgoing links.
    public List<Trait.LinkTo> links() {
        return traits.stream()
                .filter(Trait.LinkTo.class::isInstance)
                .map(Trait.LinkTo.class::cast)
                .toList();
    }
}
