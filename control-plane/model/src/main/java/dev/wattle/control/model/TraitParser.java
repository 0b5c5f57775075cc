package dev.wattle.control.model;

import dev.wattle.control.model.Fields.Found;
import dev.wattle.control.model.Problem.Code;
import dev.wattle.control.model.SourceNode.Mapping;
import dev.wattle.control.model.Trait.LinkEnd;
import dev.wattle.control.model.Trait.LinkTo;
import dev.wattle.control.model.Trait.Spread;
import dev.wattle.lattice.protocol.LinkName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the traits of one component.
final class TraitParser {
    /// Above any lattice that was ever measured, below where sums overflow.
    static final int MAX_INSTANCES = 1_000_000;

    private static final Pattern LINK_NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final Pattern WIT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
    private static final List<String> TYPES = List.of("spreadscaler", "daemonscaler", "link");

    /// Interfaces that everybody uses; another one in these packages is most likely a slip.
    private static final Map<String, Set<String>> KNOWN_INTERFACES = Map.of(
            "wasi:http", Set.of("incoming-handler", "outgoing-handler"),
            "wasi:keyvalue", Set.of("store", "atomics", "batch", "watcher"),
            "wasi:blobstore", Set.of("blobstore", "container", "types"),
            "wasi:logging", Set.of("logging"),
            "wasmcloud:messaging",
                    Set.of("consumer", "handler", "types", "producer", "incoming-handler", "request-reply"));

    private final Problems problems;
    private final References references;
    private final WorkloadParser workloads;
    private final Set<String> linkKeys = new HashSet<>();
    private Optional<Place> scaler = Optional.empty();

    TraitParser(Problems problems, References references, WorkloadParser workloads) {
        this.problems = problems;
        this.references = references;
        this.workloads = workloads;
    }

    List<Trait> traits(Fields component) {
        return component.list("traits", this::trait).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Trait> trait(String path, SourceNode node) {
        var fields = new Fields(problems, path, node);
        Optional<Found<String>> type = fields.requireText("type");
        Optional<Trait> trait = type.flatMap(given -> switch (given.value()) {
            case "spreadscaler", "daemonscaler" ->
                fields.requireFields("properties").map(properties -> scaler(given, properties));
            case "link" -> fields.requireFields("properties").flatMap(this::link);
            default -> Optional.of(custom(given, fields));
        });
        if (type.isEmpty()) {
            fields.find("properties");
        }
        fields.end();
        return trait;
    }

    private Trait custom(Found<String> type, Fields fields) {
        problems.warning(
                Code.UNKNOWN_TRAIT,
                type.place(),
                type.path(),
                "the trait '" + Texts.abbreviate(type.value()) + "' is kept, and has no effect here",
                Texts.closest(type.value(), TYPES).map(near -> "did you mean '" + near + "'?"));
        SourceNode properties = fields.find("properties").orElse(new Mapping(fields.place(), List.of(), 1));
        return new Trait.Custom(type.value(), ManifestWriter.json(properties));
    }

    private Trait scaler(Found<String> type, Fields fields) {
        if (scaler.isPresent()) {
            problems.error(
                    Code.DUPLICATE_SCALER,
                    type.place(),
                    type.path(),
                    "a component has one scaler; the first is at line "
                            + scaler.get().line(),
                    Optional.of("use several spreads in one scaler"));
        }
        scaler = scaler.or(() -> Optional.of(type.place()));
        Optional<Found<Integer>> instances = fields.count("instances", MAX_INSTANCES);
        Optional<Found<Integer>> replicas = fields.count("replicas", MAX_INSTANCES);
        boolean given = fields.find("instances").isPresent();
        boolean givenToo = fields.find("replicas").isPresent();
        if (given && givenToo) {
            problems.error(
                    Code.DUPLICATE_KEY,
                    fields.place(),
                    fields.path(),
                    "'replicas' is the old name of 'instances'; expected one of them");
        } else if (!given && !givenToo) {
            fields.missing("instances");
        }
        List<Spread> spread = fields.list("spread", this::spread);
        checkSpreads(fields, spread);
        fields.end();
        int count = instances.or(() -> replicas).map(Found::value).orElse(0);
        return type.value().equals("spreadscaler")
                ? new Trait.SpreadScaler(count, spread)
                : new Trait.DaemonScaler(count, spread);
    }

    private Spread spread(String path, SourceNode node) {
        var fields = new Fields(problems, path, node);
        String name = fields.requireText("name").map(Found::value).orElse("");
        var requirements = fields.requireTextMap("requirements").orElseGet(TreeMap::new);
        int weight = fields.count("weight", MAX_INSTANCES).map(Found::value).orElse(Spread.DEFAULT_WEIGHT);
        fields.end();
        return new Spread(name, requirements, weight);
    }

    private void checkSpreads(Fields fields, List<Spread> spread) {
        if (!spread.isEmpty() && spread.stream().allMatch(each -> each.weight() == 0)) {
            problems.error(
                    Code.BAD_VALUE, fields.place(), fields.path("spread"), "all weights are 0; expected one above it");
        }
        Set<String> names = new HashSet<>();
        for (Spread each : spread) {
            if (!names.add(each.name())) {
                problems.warning(
                        Code.DUPLICATE_NAME,
                        fields.place(),
                        fields.path("spread"),
                        "two spreads are called '" + Texts.abbreviate(each.name()) + "'",
                        Optional.empty());
            }
        }
    }

    private Optional<Trait> link(Fields fields) {
        Optional<Found<String>> namespace = fields.requireText("namespace").filter(this::witName);
        Optional<Found<String>> packageName = fields.requireText("package").filter(this::witName);
        List<Found<String>> interfaces =
                fields.requireTexts("interfaces").stream().filter(this::witName).toList();
        boolean none = fields.find("interfaces")
                .filter(node -> node instanceof SourceNode.Sequence sequence
                        && sequence.elements().isEmpty())
                .isPresent();
        if (none) {
            problems.error(
                    Code.BAD_VALUE,
                    fields.place(),
                    fields.path("interfaces"),
                    "is empty; expected one interface or more");
        }
        Optional<Found<String>> name = fields.text("name").filter(this::linkName);
        Optional<Found<String>> target = target(fields);
        target.ifPresent(references::target);
        LinkEnd sourceEnd = end(fields, "source", "source_config");
        LinkEnd targetEnd = end(fields, "target", "target_config");
        fields.end();
        if (namespace.isEmpty() || packageName.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        var link = new LinkTo(
                target.get().value(),
                new LinkName(name.map(Found::value).orElse("default")),
                namespace.get().value(),
                packageName.get().value(),
                interfaces.stream().map(Found::value).toList(),
                sourceEnd,
                targetEnd);
        checkInterfaces(link, interfaces);
        return Optional.of(link);
    }

    /// `target: name`, as it was once, or `target: {name: …}`.
    private Optional<Found<String>> target(Fields fields) {
        boolean legacy = fields.find("target")
                .filter(SourceNode.Scalar.class::isInstance)
                .isPresent();
        if (legacy) {
            return fields.text("target");
        }
        return fields.requireFields("target").flatMap(target -> target.requireText("name"));
    }

    private LinkEnd end(Fields fields, String field, String legacyField) {
        var config = new ArrayList<>(workloads.config(fields, legacyField, true));
        Optional<SourceNode> modern = fields.find(field).filter(node -> !(node instanceof SourceNode.Scalar));
        if (modern.isEmpty() && field.equals("source") && fields.find(field).isPresent()) {
            fields.fields(field);
        }
        if (modern.isEmpty()) {
            return new LinkEnd(config, List.of());
        }
        if (fields.find(legacyField).isPresent()) {
            problems.error(
                    Code.DUPLICATE_KEY,
                    fields.place(),
                    fields.path(),
                    "'" + legacyField + "' is the old form of '" + field + ".config'; expected one of them");
        }
        var end = new Fields(problems, fields.path(field), modern.get());
        if (field.equals("target")) {
            end.find("name");
        }
        config.addAll(workloads.config(end, "config", true));
        var secrets = workloads.secrets(end, "secrets");
        end.end();
        return new LinkEnd(config, secrets);
    }

    private boolean witName(Found<String> name) {
        boolean fits = WIT_NAME.matcher(name.value()).matches();
        if (!fits) {
            problems.error(
                    Code.BAD_NAME,
                    name.place(),
                    name.path(),
                    "expected one name of WIT (letters, digits and '-'), found '" + Texts.abbreviate(name.value())
                            + "'",
                    name.value().contains("@") ? Optional.of("leave the version out") : Optional.empty());
        }
        return fits;
    }

    private boolean linkName(Found<String> name) {
        boolean fits = LINK_NAME.matcher(name.value()).matches();
        if (!fits) {
            problems.error(
                    Code.BAD_NAME,
                    name.place(),
                    name.path(),
                    "a link's name is letters, digits, '_' and '-', found '" + Texts.abbreviate(name.value()) + "'");
        }
        return fits;
    }

    private void checkInterfaces(LinkTo link, List<Found<String>> interfaces) {
        String packageName = link.namespace() + ":" + link.packageName();
        Optional<Set<String>> known = Optional.ofNullable(KNOWN_INTERFACES.get(packageName));
        for (Found<String> each : interfaces) {
            String key = packageName + "/" + each.value();
            if (!linkKeys.add(key + " " + link.name())) {
                problems.error(
                        Code.DUPLICATE_LINK,
                        each.place(),
                        each.path(),
                        "a second link named '" + link.name() + "' for " + key + "; one name leads to one target",
                        Optional.of("give one of them another 'name'"));
            }
            if (known.filter(names -> !names.contains(each.value())).isPresent()) {
                problems.warning(
                        Code.UNKNOWN_INTERFACE,
                        each.place(),
                        each.path(),
                        "the package " + packageName + " has no interface '" + Texts.abbreviate(each.value())
                                + "' that we know",
                        Texts.closest(each.value(), known.get()).map(near -> "did you mean '" + near + "'?"));
            }
        }
    }
}
