package dev.wattle.wit;

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
    private static final Pattern SHAPE = Pattern.compile("(" + LABEL + "):(" + LABEL + ")/(" + LABEL
            + ")(?:@([0-9]+\\.[0-9]+\\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?))?");

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
