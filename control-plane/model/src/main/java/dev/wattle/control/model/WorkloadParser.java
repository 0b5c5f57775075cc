package dev.wattle.control.model;

import dev.wattle.control.model.Fields.Found;
import dev.wattle.control.model.Manifest.ConfigUse;
import dev.wattle.control.model.Manifest.SecretUse;
import dev.wattle.control.model.Problem.Code;
import dev.wattle.control.model.Workload.Kind;
import dev.wattle.control.model.Workload.Source;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads one element of `spec.components`.
final class WorkloadParser {
    /// A name becomes part of an id, which ends at 255 characters.
    static final int MAX_NAME = 120;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private final Problems problems;
    private final References references;

    WorkloadParser(Problems problems, References references) {
        this.problems = problems;
        this.references = references;
    }

    Workload workload(String path, SourceNode node) {
        var fields = new Fields(problems, path, node);
        Optional<Found<String>> name = fields.requireText("name").filter(this::nameFits);
        name.ifPresent(references::workload);
        Optional<Kind> kind = fields.requireText("type").flatMap(this::kind);
        Optional<Fields> properties = fields.requireFields("properties");
        Source source = properties.map(this::source).orElse(new Source.Image(""));
        Optional<Found<String>> id = properties.flatMap(this::id);
        id.or(() -> name).ifPresent(references::id);
        List<ConfigUse> config =
                properties.map(each -> config(each, "config", false)).orElseGet(List::of);
        List<SecretUse> secrets =
                properties.map(each -> secrets(each, "secrets")).orElseGet(List::of);
        properties.ifPresent(Fields::end);
        List<Trait> traits = new TraitParser(problems, references, this).traits(fields);
        fields.end();
        return new Workload(
                name.map(Found::value).orElse(""),
                kind.orElse(Kind.COMPONENT),
                source,
                id.map(found -> new WorkloadId(found.value())),
                config,
                secrets,
                traits);
    }

    private boolean nameFits(Found<String> name) {
        if (name.value().length() <= MAX_NAME) {
            return true;
        }
        problems.error(Code.BAD_NAME, name.place(), name.path(), "a name has at most " + MAX_NAME + " characters");
        return false;
    }

    private Optional<Kind> kind(Found<String> type) {
        return switch (type.value()) {
            case "component", "actor" -> Optional.of(Kind.COMPONENT);
            case "capability" -> Optional.of(Kind.PROVIDER);
            default -> {
                problems.error(
                        Code.BAD_VALUE,
                        type.place(),
                        type.path(),
                        "expected 'component' or 'capability', found '" + Texts.abbreviate(type.value()) + "'",
                        type.value().equals("provider")
                                ? Optional.of("did you mean 'capability'?")
                                : Texts.closest(type.value(), List.of("component", "capability"))
                                        .map(near -> "did you mean '" + near + "'?"));
                yield Optional.empty();
            }
        };
    }

    private Source source(Fields properties) {
        Optional<Found<String>> image = properties.text("image");
        Optional<Fields> application = properties.fields("application");
        if (image.isPresent() == application.isPresent()) {
            if (application.isPresent()) {
                problems.error(
                        Code.BAD_VALUE,
                        properties.place(),
                        properties.path(),
                        "has both 'image' and 'application'; expected one of them");
            } else if (properties.find("image").isEmpty()) {
                properties.missing("image");
            }
        }
        if (application.isPresent()) {
            return shared(application.get());
        }
        return new Source.Image(image.map(Found::value).orElse(""));
    }

    private Source shared(Fields fields) {
        Optional<Found<String>> name = fields.requireText("name");
        Optional<Found<String>> component = fields.requireText("component");
        fields.end();
        problems.error(
                Code.UNSUPPORTED,
                fields.place(),
                fields.path(),
                "components of shared applications are not supported yet",
                Optional.of("give the component its 'image' here"));
        Optional<AppName> app = name.map(Found::value).filter(AppName::valid).map(AppName::new);
        if (app.isEmpty() || component.isEmpty()) {
            return new Source.Image("");
        }
        return new Source.Shared(app.get(), component.get().value());
    }

    private Optional<Found<String>> id(Fields properties) {
        return properties.text("id").filter(id -> {
            boolean fits = ID.matcher(id.value()).matches();
            if (!fits) {
                problems.error(
                        Code.BAD_NAME,
                        id.place(),
                        id.path(),
                        "an id is 1..255 of letters, digits, '_' and '-', found '" + Texts.abbreviate(id.value())
                                + "'");
            }
            return fits;
        });
    }

    /// A list of named configurations.
    List<ConfigUse> config(Fields fields, String field, boolean ofLink) {
        List<Found<ConfigUse>> found = new ArrayList<>();
        fields.list(field, (path, node) -> {
            var each = new Fields(problems, path, node);
            Optional<Found<String>> name = each.requireText("name");
            var use = new ConfigUse(name.map(Found::value).orElse(""), each.textMap("properties"));
            each.end();
            name.filter(given -> configNameFits(given, use)).ifPresent(given -> {
                references.config(new Found<>(use, given.place(), path), ofLink);
                found.add(new Found<>(use, given.place(), path));
            });
            return use;
        });
        references.configList(found);
        return found.stream().map(Found::value).toList();
    }

    private boolean configNameFits(Found<String> name, ConfigUse use) {
        boolean fits = use.properties().isPresent()
                ? name.value().length() <= MAX_NAME
                : ID.matcher(name.value()).matches();
        if (!fits) {
            problems.error(
                    Code.BAD_NAME,
                    name.place(),
                    name.path(),
                    use.properties().isPresent()
                            ? "a name has at most " + MAX_NAME + " characters"
                            : "a configuration without 'properties' is one of the lattice, whose names are letters, digits, '_' and '-', found '"
                                    + Texts.abbreviate(name.value()) + "'");
        }
        return fits;
    }

    /// A list of secrets: read completely, and refused.
    List<SecretUse> secrets(Fields fields, String field) {
        return fields
                .list(field, (path, node) -> {
                    var each = new Fields(problems, path, node);
                    Optional<SecretUse> secret = secret(each);
                    problems.error(
                            Code.UNSUPPORTED,
                            each.place(),
                            path,
                            "secrets are not supported yet",
                            Optional.of("keep the value where the component's host can read it, or wait for them"));
                    return secret;
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<SecretUse> secret(Fields fields) {
        Optional<Found<String>> name = fields.requireText("name");
        Optional<Fields> properties = fields.requireFields("properties");
        fields.end();
        Optional<Found<String>> policy = properties.flatMap(each -> each.requireText("policy"));
        Optional<Found<String>> key = properties.flatMap(each -> each.requireText("key"));
        Optional<Found<String>> field = properties.flatMap(each -> each.text("field"));
        Optional<Found<String>> version = properties.flatMap(each -> each.text("version"));
        properties.ifPresent(Fields::end);
        policy.ifPresent(references::policyUse);
        if (name.isEmpty() || policy.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SecretUse(
                name.get().value(),
                policy.get().value(),
                key.get().value(),
                field.map(Found::value),
                version.map(Found::value)));
    }
}
