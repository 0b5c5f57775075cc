package dev.wattle.wit;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of an interface: `namespace:package/interface[@version]`.
///
/// @spec Explainer.md `interfacename`
public record InterfaceName(String namespace, String packageName, String interfaceName, Optional<String> version)
        implements Comparable<InterfaceName> {
    private static final String LABEL = "[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*";
    private static final Pattern SHAPE = Pattern.compile(
            "(" + LABEL + "):(" + LABEL + ")/(" + LABEL
                    + ")(?:@([0-9]+\\.[0-9]+\\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?|[1-9][0-9]*|0\\.[1-9][0-9]*))?");

    public InterfaceName {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(packageName, "packageName");
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(version, "version");
    }

    /// Reads `cyber:finance/converter` or `wasi:io/streams@0.2.6`.
    ///
    /// @throws IllegalArgumentException when the text has another shape
    public static InterfaceName parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not an interface name: '" + text + "'; expected namespace:package/interface[@version]"));
    }

    /// Reads a name, or nothing when the text has another shape (a root function's name, say).
    public static Optional<InterfaceName> tryParse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new InterfaceName(
                matcher.group(1), matcher.group(2), matcher.group(3), Optional.ofNullable(matcher.group(4))));
    }

    /// The same name without its version: what a link is looked up by.
    public InterfaceName withoutVersion() {
        return version.isEmpty() ? this : new InterfaceName(namespace, packageName, interfaceName, Optional.empty());
    }

    /// The part of the version within which versions are compatible, the specification's canonical version: `1`
    /// of `1.2.3`, `0.2` of `0.2.6` and of `0.2.6-rc.1`, `0.0.1` of `0.0.1`.
    ///
    /// @spec Explainer.md "Canonical Interface Name"
    public Optional<String> track() {
        return version.map(InterfaceName::track);
    }

    private static String track(String version) {
        String[] parts = release(version).split("\\.", -1);
        if (!parts[0].equals("0") || parts.length == 1) {
            return parts[0];
        }
        boolean minor = !parts[1].equals("0") || parts.length == 2;
        return minor ? "0." + parts[1] : "0.0." + parts[2];
    }

    /// May this interface stand where `wanted` is imported? The same name, and versions of one track; whether
    /// the types fit is another question.
    public boolean serves(InterfaceName wanted) {
        return withoutVersion().equals(wanted.withoutVersion()) && track().equals(wanted.track());
    }

    /// Which of the `offered` interfaces serves the wanted one best: the same, else the newest that [#serves]
    /// it. A person may leave a version out: an offered interface without one serves every version, and a
    /// wanted one without is served by the only version that there is.
    public static Optional<String> best(String wanted, Collection<String> offered) {
        if (offered.contains(wanted)) {
            return Optional.of(wanted);
        }
        Optional<InterfaceName> name = tryParse(wanted);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        List<InterfaceName> sameName = offered.stream()
                .flatMap(each -> tryParse(each).stream())
                .filter(each -> each.withoutVersion().equals(name.get().withoutVersion()))
                .toList();
        if (name.get().version().isEmpty()) {
            return sameName.size() == 1 ? Optional.of(sameName.getFirst().toString()) : Optional.empty();
        }
        return sameName.stream()
                .filter(each -> each.serves(name.get()))
                .max(Comparator.comparing(InterfaceName::numbers, Arrays::compare)
                        .thenComparing(each -> !each.isPrerelease()))
                .or(() -> sameName.stream()
                        .filter(each -> each.version().isEmpty())
                        .findFirst())
                .map(InterfaceName::toString);
    }

    /// The numbers of a version of one track, the newer the larger.
    private static BigInteger[] numbers(InterfaceName name) {
        return Arrays.stream(release(name.version().orElse("")).split("\\.", -1))
                .filter(part -> !part.isEmpty())
                .map(BigInteger::new)
                .toArray(BigInteger[]::new);
    }

    private boolean isPrerelease() {
        return version.orElse("").replaceFirst("\\+.*", "").contains("-");
    }

    /// A version's numbers alone.
    private static String release(String version) {
        return version.replaceFirst("[-+].*", "");
    }

    @Override
    public int compareTo(InterfaceName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return namespace + ":" + packageName + "/" + interfaceName
                + version.map(text -> "@" + text).orElse("");
    }
}
