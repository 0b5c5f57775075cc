package dev.wattle.control.model;

import java.util.Objects;
import java.util.regex.Pattern;

/// Names an application within one lattice: letters, digits, `_` and `-`, as wadm wants it. It is also a key of
/// the store and a token of a subject.
public record AppName(String value) implements Comparable<AppName> {
    /// An id is made of it and a component's name, and ids end at 255 characters.
    static final int MAX_LENGTH = 120;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    public AppName {
        Objects.requireNonNull(value, "value");
        if (!valid(value)) {
            throw new IllegalArgumentException("an application's name is 1.." + MAX_LENGTH
                    + " of letters, digits, '_' and '-': '" + Texts.abbreviate(value) + "'");
        }
    }

    static boolean valid(String value) {
        return value.length() <= MAX_LENGTH && NAME.matcher(value).matches();
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
