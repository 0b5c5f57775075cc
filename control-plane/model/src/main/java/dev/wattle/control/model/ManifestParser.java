package dev.wattle.control.model;

import dev.wattle.control.model.Fields.Found;
import dev.wattle.control.model.Manifest.Policy;
import dev.wattle.control.model.Problem.Code;
import dev.wattle.control.model.SourceLimits.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads a manifest in wadm's format, YAML or JSON, and tells everything that is wrong with it at once.
public final class ManifestParser {
    static final String API_VERSION = "core.oam.dev/v1beta1";
    static final String KIND = "Application";

    /// The prefix of a label's or an annotation's key is a DNS name, the rest a name: as in Kubernetes.
    private static final Pattern KEY = Pattern.compile(
            "([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    private final Problems problems;
    private final References references;

    private ManifestParser(Problems problems) {
        this.problems = problems;
        this.references = new References(problems);
    }

    /// What the text is written in.
    public enum Format {
        YAML,
        JSON,
        /// JSON when it begins as an object does, else YAML.
        ANY
    }

    /// What reading gave: the manifest when nothing is wrong with it, and what there is to say.
    public record Checked(Optional<Manifest> manifest, List<Problem> problems) {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    /// Reads YAML or JSON.
    ///
    /// @param file what to call the text in complaints
    /// @throws ManifestException with all problems, when there is an error among them
    public static Manifest parse(String file, byte[] bytes) {
        return parse(file, bytes, Format.ANY);
    }

    /// The same in one format.
    public static Manifest parse(String file, byte[] bytes, Format format) {
        Checked checked = check(file, bytes, format);
        return checked.manifest().orElseThrow(() -> new ManifestException(checked.problems()));
    }

    /// Reads, and tells warnings too.
    public static Checked check(String file, byte[] bytes, Format format) {
        var problems = new Problems(file);
        try {
            SourceNode root = source(bytes, format, problems);
            Manifest manifest = new ManifestParser(problems).manifest(root);
            Optional<Manifest> usable = problems.anyError() ? Optional.empty() : Optional.of(manifest);
            return new Checked(usable, problems.inOrder());
        } catch (Unreadable unreadable) {
            problems.error(unreadable.code(), unreadable.place(), "", unreadable.text());
            return new Checked(Optional.empty(), problems.inOrder());
        }
    }

    private static SourceNode source(byte[] bytes, Format format, Problems problems) {
        if (bytes.length > SourceLimits.MAX_BYTES) {
            throw new Unreadable(
                    Code.TOO_LARGE,
                    Place.START,
                    bytes.length + " bytes; a manifest has at most " + SourceLimits.MAX_BYTES);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Unreadable(Code.SYNTAX, Place.START, "not text in UTF-8");
        }
        return switch (format) {
            case JSON -> JsonSource.read(text, problems);
            case YAML -> YamlSource.read(text, problems);
            case ANY -> any(text, problems);
        };
    }

    /// YAML too may begin with a brace, but then somebody most likely wrote JSON.
    private static SourceNode any(String text, Problems problems) {
        if (!text.stripLeading().startsWith("{")) {
            return YamlSource.read(text, problems);
        }
        try {
            // Its duplicates are told below, should it be YAML after all.
            JsonSource.read(text, new Problems(""));
        } catch (Unreadable notJson) {
            if (notJson.code() != Code.SYNTAX) {
                throw notJson;
            }
            try {
                return YamlSource.read(text, problems);
            } catch (Unreadable neither) {
                throw neither.code() == Code.SYNTAX ? notJson : neither;
            }
        }
        return JsonSource.read(text, problems);
    }

    private Manifest manifest(SourceNode root) {
        var top = new Fields(problems, "", root);
        exactly(top, "apiVersion", API_VERSION);
        exactly(top, "kind", KIND);
        Optional<Fields> metadata = top.requireFields("metadata");
        Optional<AppName> name = metadata.flatMap(this::appName);
        SortedMap<String, String> annotations = metadata.flatMap(
                        fields -> keys(fields, "annotations", fields.requireTextMap("annotations")))
                .orElseGet(TreeMap::new);
        SortedMap<String, String> labels = metadata.flatMap(fields -> keys(fields, "labels", fields.textMap("labels")))
                .orElseGet(TreeMap::new);
        metadata.ifPresent(fields -> {
            version(fields, annotations);
            fields.end();
        });
        Optional<Fields> spec = top.requireFields("spec");
        List<Policy> policies =
                spec.map(fields -> fields.list("policies", this::policy)).orElseGet(List::of);
        var reader = new WorkloadParser(problems, references);
        List<Workload> workloads = spec.map(fields -> fields.requireList("components", reader::workload))
                .orElseGet(List::of);
        spec.ifPresent(Fields::end);
        top.end();
        references.check(name);
        return new Manifest(name.orElseGet(() -> new AppName("unnamed")), annotations, labels, workloads, policies);
    }

    private void exactly(Fields fields, String field, String expected) {
        fields.requireText(field)
                .filter(found -> !found.value().equals(expected))
                .ifPresent(found -> problems.error(
                        Code.BAD_VALUE,
                        found.place(),
                        found.path(),
                        "expected '" + expected + "', found '" + Texts.abbreviate(found.value()) + "'"));
    }

    private Optional<AppName> appName(Fields metadata) {
        Optional<Found<String>> found = metadata.requireText("name");
        if (found.isPresent() && !AppName.valid(found.get().value())) {
            problems.error(
                    Code.BAD_NAME,
                    found.get().place(),
                    found.get().path(),
                    "an application's name is 1.." + AppName.MAX_LENGTH + " of letters, digits, '_' and '-', found '"
                            + Texts.abbreviate(found.get().value()) + "'");
            return Optional.empty();
        }
        return found.map(name -> new AppName(name.value()));
    }

    private void version(Fields metadata, SortedMap<String, String> annotations) {
        Optional.ofNullable(annotations.get(Manifest.VERSION))
                .filter(version -> !ManifestVersion.valid(version))
                .ifPresent(version -> {
                    problems.error(
                            Code.BAD_VALUE,
                            metadata.find("annotations").map(SourceNode::place).orElse(metadata.place()),
                            metadata.path("annotations.version"),
                            "a version is 1.." + ManifestVersion.MAX_LENGTH + " characters and not 'latest', found '"
                                    + Texts.abbreviate(version) + "'");
                    annotations.remove(Manifest.VERSION);
                });
    }

    private Optional<SortedMap<String, String>> keys(
            Fields fields, String field, Optional<SortedMap<String, String>> map) {
        for (String key : map.map(Map::keySet).orElseGet(Set::of)) {
            if (!KEY.matcher(key).matches()) {
                problems.error(
                        Code.BAD_NAME,
                        fields.find(field).map(SourceNode::place).orElse(fields.place()),
                        fields.path(field),
                        "a key is '[domain/]name', the name 1..63 of letters, digits, '-', '_' and '.', found '"
                                + Texts.abbreviate(key) + "'");
            }
        }
        return map;
    }

    private Policy policy(String path, SourceNode node) {
        var fields = new Fields(problems, path, node);
        Optional<Found<String>> name = fields.requireText("name");
        String type = fields.requireText("type").map(Found::value).orElse("");
        SortedMap<String, String> properties =
                fields.requireTextMap("properties").orElseGet(TreeMap::new);
        fields.end();
        boolean keepsSecrets = type.equals(Policy.SECRETS);
        name.ifPresent(given -> references.policy(given, keepsSecrets));
        if (keepsSecrets && !properties.containsKey("backend")) {
            problems.error(
                    Code.MISSING_FIELD,
                    fields.place(),
                    fields.path("properties"),
                    "a policy of type '" + Policy.SECRETS + "' names its 'backend'");
        }
        return new Policy(name.map(Found::value).orElse(""), type, properties);
    }
}
