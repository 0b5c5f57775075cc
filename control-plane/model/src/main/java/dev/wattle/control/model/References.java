package dev.wattle.control.model;

import dev.wattle.control.model.Fields.Found;
import dev.wattle.control.model.Manifest.ConfigUse;
import dev.wattle.control.model.Problem.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Names that parts of a manifest give and use, with their places; what does not fit together is told at the
/// end, when all are known.
final class References {
    private final Problems problems;
    private final List<Found<String>> workloads = new ArrayList<>();
    private final List<Found<String>> ids = new ArrayList<>();
    private final List<Found<String>> targets = new ArrayList<>();
    private final List<Found<String>> policies = new ArrayList<>();
    private final Set<String> secretPolicies = new HashSet<>();
    private final List<Found<String>> policyUses = new ArrayList<>();
    private final Map<String, Found<ConfigUse>> definedConfig = new HashMap<>();

    References(Problems problems) {
        this.problems = problems;
    }

    void workload(Found<String> name) {
        workloads.add(name);
    }

    void id(Found<String> id) {
        ids.add(id);
    }

    void target(Found<String> target) {
        targets.add(target);
    }

    void policy(Found<String> name, boolean keepsSecrets) {
        policies.add(name);
        if (keepsSecrets) {
            secretPolicies.add(name.value());
        }
    }

    void policyUse(Found<String> name) {
        policyUses.add(name);
    }

    /// Two definitions of one name would overwrite each other in the lattice for ever.
    void config(Found<ConfigUse> use, boolean ofLink) {
        if (use.value().properties().isEmpty()) {
            return;
        }
        String key = Texts.idPart(use.value().name());
        @Nullable Found<ConfigUse> first = definedConfig.putIfAbsent(key, use);
        if (first == null) {
            return;
        }
        boolean same = first.value().properties().equals(use.value().properties());
        if (ofLink || !same) {
            problems.error(
                    Code.DUPLICATE_CONFIG,
                    use.place(),
                    use.path(),
                    "the configuration '" + Texts.abbreviate(use.value().name()) + "' is defined a second time"
                            + (same ? "" : " with other values") + "; the first is at line "
                            + first.place().line());
        }
    }

    /// A name may stand in one list once: a second would be merged with itself.
    void configList(List<Found<ConfigUse>> list) {
        Set<String> names = new HashSet<>();
        for (Found<ConfigUse> use : list) {
            if (!names.add(use.value().name())) {
                problems.error(
                        Code.DUPLICATE_CONFIG,
                        use.place(),
                        use.path(),
                        "the configuration '" + Texts.abbreviate(use.value().name()) + "' is in this list twice");
            }
        }
    }

    void check(Optional<AppName> app) {
        unique(Code.DUPLICATE_NAME, "component", workloads);
        uniqueIds(app);
        unique(Code.DUPLICATE_NAME, "policy", policies);
        List<String> names = workloads.stream().map(Found::value).toList();
        for (Found<String> target : targets) {
            if (!names.contains(target.value())) {
                problems.error(
                        Code.UNKNOWN_TARGET,
                        target.place(),
                        target.path(),
                        "no component of this manifest is called '" + Texts.abbreviate(target.value()) + "'",
                        Texts.closest(target.value(), names).map(near -> "did you mean '" + near + "'?"));
            }
        }
        for (Found<String> use : policyUses) {
            if (!secretPolicies.contains(use.value())) {
                problems.error(
                        Code.UNKNOWN_POLICY,
                        use.place(),
                        use.path(),
                        "no policy of type '" + Manifest.Policy.SECRETS + "' is called '"
                                + Texts.abbreviate(use.value()) + "'",
                        Texts.closest(use.value(), secretPolicies).map(near -> "did you mean '" + near + "'?"));
            }
        }
    }

    private void unique(Code code, String what, List<Found<String>> names) {
        SortedMap<String, Found<String>> seen = new TreeMap<>();
        for (Found<String> name : names) {
            @Nullable Found<String> first = seen.putIfAbsent(name.value(), name);
            if (first != null) {
                problems.error(
                        code,
                        name.place(),
                        name.path(),
                        "a second " + what + " is called '" + Texts.abbreviate(name.value())
                                + "'; the first is at line " + first.place().line());
            }
        }
    }

    /// Given ids and those made of names live in one space: `a b` and `a-b` make the same id.
    private void uniqueIds(Optional<AppName> app) {
        SortedMap<String, Found<String>> seen = new TreeMap<>();
        for (Found<String> id : ids) {
            String effective = id.path().endsWith(".id")
                    ? id.value()
                    : Manifest.defaultId(app.map(AppName::value).orElse("application"), id.value());
            @Nullable Found<String> first = seen.putIfAbsent(effective, id);
            boolean told = first != null
                    && first.value().equals(id.value())
                    && !id.path().endsWith(".id");
            if (first != null && !told) {
                problems.error(
                        Code.DUPLICATE_ID,
                        id.place(),
                        id.path(),
                        "the id '" + Texts.abbreviate(effective) + "' is taken by the component at line "
                                + first.place().line(),
                        Optional.of("give one of them another 'id'"));
            }
        }
    }
}
