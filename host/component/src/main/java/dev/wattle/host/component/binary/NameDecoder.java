package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The name of an import or export with its attributes, which are checked here and go no further: neither
/// linking nor types depend on them.
///
/// @spec Binary.md `nameattributes`
final class NameDecoder {
    private final ByteReader reader;
    private final int start;
    private final String name;
    private final Optional<ExternName> parsed;
    private @Nullable String implemented;
    private @Nullable String versionSuffix;
    private @Nullable String externalId;

    /// Reads a name and its attributes. What they demand of the import or export is known when its sort is.
    NameDecoder(ByteReader reader) {
        this.reader = reader;
        this.start = reader.position();
        int form = reader.readByte();
        if (form > 2) {
            throw Failures.malformed(start, "0x%02x is no form of a name".formatted(form));
        }
        this.name = bounded();
        this.parsed = ExternName.parse(name);
        int attributes = form == 2 ? reader.readCount("attributes") : 0;
        for (int index = 0; index < attributes; index++) {
            attribute();
        }
        parsed.ifPresent(this::useFeatures);
    }

    private String bounded() {
        int offset = reader.position();
        String text = reader.readName();
        if (text.length() > NameRules.MAX_NAME_LENGTH) {
            throw Failures.limit(offset, "a name is longer than " + NameRules.MAX_NAME_LENGTH + " characters");
        }
        return text;
    }

    private void attribute() {
        int offset = reader.position();
        int kind = reader.readByte();
        String value = bounded();
        switch (kind) {
            case 0 -> {
                reader.use(Feature.IMPLEMENTS, offset, "the attribute implements");
                implemented = first(offset, "implements", implemented, value);
            }
            case 1 -> {
                reader.use(Feature.CANON_NAMES, offset, "the attribute versionsuffix");
                versionSuffix = first(offset, "versionsuffix", versionSuffix, value);
            }
            case 2 -> {
                reader.use(Feature.IMPLEMENTS, offset, "the attribute external-id");
                externalId = first(offset, "external-id", externalId, value);
            }
            default -> throw Failures.malformed(offset, "0x%02x is no attribute of a name".formatted(kind));
        }
    }

    private static String first(int offset, String attribute, @Nullable String before, String value) {
        if (before != null) {
            throw Failures.invalid(offset, "the attribute " + attribute + " stands there twice");
        }
        return value;
    }

    private void useFeatures(ExternName extern) {
        if (extern instanceof ExternName.Interface(var _, Optional<String> version, boolean nested)) {
            if (nested && !reader.features().allows(Feature.NESTED_NAMES)) {
                throw Failures.invalid(
                        start,
                        "'" + name + "' has more than one namespace or projection, which needs the feature '"
                                + Feature.NESTED_NAMES.id() + "'");
            }
            if (version.isPresent() && !Versions.isSemver(version.get()) && Versions.isCanonical(version.get())) {
                reader.use(Feature.CANON_NAMES, start, "the version of '" + name + "'");
            }
        }
    }

    /// The name, whose attributes fit.
    ///
    /// @param instance is it the name of an instance?
    String name(boolean instance) {
        if (implemented != null) {
            requireImplements(implemented, instance);
        }
        if (versionSuffix != null) {
            requireVersion(versionSuffix);
        }
        return name;
    }

    private void requireImplements(String what, boolean instance) {
        if (!instance) {
            throw Failures.invalid(start, "'" + name + "' implements an interface, and is no instance");
        }
        if (parsed.filter(ExternName.Plain.class::isInstance).isEmpty()) {
            throw Failures.invalid(start, "'" + name + "' implements an interface, and is no plain name");
        }
        boolean valid = ExternName.parse(what)
                .filter(one -> one instanceof ExternName.Interface(var _, var version, boolean nested)
                        && version.filter(text -> !Versions.isSemver(text) && !Versions.isCanonical(text))
                                .isEmpty()
                        && (!nested || reader.features().allows(Feature.NESTED_NAMES)))
                .isPresent();
        if (!valid) {
            throw Failures.invalid(start, "'" + name + "' implements '" + what + "', which must be an interface");
        }
    }

    private void requireVersion(String suffix) {
        boolean valid = parsed.filter(one -> one instanceof ExternName.Interface(var _, var version, boolean _)
                        && version.filter(text -> Versions.isCanonical(text) && Versions.isSemver(text + suffix))
                                .isPresent())
                .isPresent();
        if (!valid) {
            throw Failures.invalid(
                    start, "'" + name + "' and its versionsuffix '" + suffix + "' make no semantic version");
        }
    }
}
