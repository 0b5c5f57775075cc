package dev.wattle.host.component.abi;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the guest held the strings that were lifted from it: what realloc is asked for when they are lowered
/// depends on that, not only on the text.
///
/// @spec CanonicalABI.md `String`
public final class StringSource {
    private final StringEncoding encoding;

    /// The strings which a `latin1+utf16` guest held in UTF-16 without need. By identity: others of the
    /// same text were not.
    private @Nullable Set<String> wide;

    StringSource(StringEncoding encoding) {
        this.encoding = encoding;
    }

    /// The simple encoding of one of its strings.
    Held held(String text) {
        return switch (encoding) {
            case UTF8 -> Held.UTF8;
            case UTF16 -> Held.UTF16;
            case LATIN1_UTF16 ->
                Strings.isLatin1(text) && (wide == null || !wide.contains(text)) ? Held.LATIN1 : Held.UTF16;
        };
    }

    /// Is it a string of a `latin1+utf16` guest?
    boolean latin1OrUtf16() {
        return encoding == StringEncoding.LATIN1_UTF16;
    }

    void addWide(String text) {
        Set<String> known = wide;
        if (known == null) {
            known = Collections.newSetFromMap(new IdentityHashMap<>());
            wide = known;
        }
        known.add(text);
    }

    /// `src_simple_encoding`
    enum Held {
        UTF8,
        UTF16,
        LATIN1
    }
}
