package dev.wattle.control.model;

import java.util.Objects;

/// Names one version of an application's manifest: the `version` annotation, or an id made on put.
public record ManifestVersion(String value) implements Comparable<ManifestVersion> {
    /// What wadm's users write in a request for the newest version; so no version may be called that.
    public static final String LATEST = "latest";

    /// Long enough for any semantic version or digest.
    static final int MAX_LENGTH = 128;

    public ManifestVersion {
        Objects.requireNonNull(value, "value");
        if (!valid(value)) {
            throw new IllegalArgumentException("a version is 1.." + MAX_LENGTH + " characters and not 'latest': '"
                    + Texts.abbreviate(value) + "'");
        }
    }

    static boolean valid(String value) {
        return !value.isBlank() && value.length() <= MAX_LENGTH && !value.equals(LATEST);
    }

    @Override
    public int compareTo(ManifestVersion other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
