package dev.wattle.host.wasi;

import dev.wattle.host.engine.Trap;
import dev.wattle.provider.api.HttpHeader;
import dev.wattle.wit.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `wasi:http/types.fields`: header fields in their order, names compared without case. A view of another's
/// fields is immutable.
final class Fields extends HostObject {
    /// Fields of one connection, or of the message's frame: the host's business.
    private static final Set<String> FORBIDDEN = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "transfer-encoding",
            "upgrade",
            "host",
            "http2-settings");

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final Storage storage;
    private final boolean mutable;

    /// Shared by a message's fields and the views of them.
    private static final class Storage {
        private final List<HttpHeader> entries = new ArrayList<>();
        private long bytes;

        void add(HttpHeader entry) {
            entries.add(entry);
            bytes += size(entry);
            if (entries.size() > Limits.MAX_FIELDS || bytes > Limits.MAX_FIELDS_BYTES) {
                throw new Trap(
                        Trap.Kind.LIMIT,
                        "header fields exceed " + Limits.MAX_FIELDS + " entries or " + Limits.MAX_FIELDS_BYTES
                                + " bytes");
            }
        }

        void remove(String name) {
            entries.removeIf(entry -> {
                boolean match = entry.name().equalsIgnoreCase(name);
                if (match) {
                    bytes -= size(entry);
                }
                return match;
            });
        }

        private static long size(HttpHeader entry) {
            return (long) entry.name().length() + entry.value().size();
        }
    }

    /// Why fields do not change; the names are WASI's.
    enum Refusal {
        INVALID_SYNTAX("invalid-syntax"),
        FORBIDDEN("forbidden"),
        IMMUTABLE("immutable");

        private final String label;

        Refusal(String label) {
            this.label = label;
        }
    }

    /// Becomes a `header-error`.
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Refusal refusal;

        private RefusedException(Refusal refusal) {
            super(refusal.label, null, false, false);
            this.refusal = refusal;
        }

        String label() {
            return refusal.label;
        }
    }

    /// Empty and mutable.
    Fields() {
        this(new Storage(), true);
    }

    private Fields(Storage storage, boolean mutable) {
        this.storage = storage;
        this.mutable = mutable;
    }

    /// What came with a message, without what belongs to its connection. Immutable.
    static Fields incoming(Collection<HttpHeader> headers) {
        var storage = new Storage();
        headers.stream().filter(header -> !isForbidden(header.name())).forEach(storage::add);
        return new Fields(storage, false);
    }

    /// The same fields, immutable through the view.
    Fields view() {
        return new Fields(storage, false);
    }

    /// A copy, mutable.
    Fields copy() {
        var copy = new Storage();
        storage.entries.forEach(copy::add);
        return new Fields(copy, true);
    }

    List<HttpHeader> entries() {
        return List.copyOf(storage.entries);
    }

    List<ByteString> values(String name) {
        List<ByteString> values = new ArrayList<>(1);
        for (HttpHeader entry : storage.entries) {
            if (entry.name().equalsIgnoreCase(name)) {
                values.add(entry.value());
            }
        }
        return values;
    }

    /// @throws RefusedException when the name or a value may not be there, or when the fields are immutable
    void set(String name, List<ByteString> values) {
        requireName(name);
        values.forEach(Fields::requireValue);
        requireMutable();
        storage.remove(name);
        values.forEach(value -> storage.add(new HttpHeader(name, value)));
    }

    /// @throws RefusedException as [#set]
    void append(String name, ByteString value) {
        requireName(name);
        requireValue(value);
        requireMutable();
        storage.add(new HttpHeader(name, value));
    }

    /// @throws RefusedException as [#set]
    void delete(String name) {
        requireName(name);
        requireMutable();
        storage.remove(name);
    }

    static boolean isToken(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (!isTokenCharacter(text.charAt(index))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isForbidden(String name) {
        return FORBIDDEN.contains(name.toLowerCase(Locale.ROOT));
    }

    private static void requireName(String name) {
        if (!isToken(name)) {
            throw new RefusedException(Refusal.INVALID_SYNTAX);
        }
        if (isForbidden(name)) {
            throw new RefusedException(Refusal.FORBIDDEN);
        }
    }

    private static void requireValue(ByteString value) {
        for (int i = 0; i < value.size(); i++) {
            int b = Byte.toUnsignedInt(value.at(i));
            if ((b < 0x20 && b != '\t') || b == 0x7F) {
                throw new RefusedException(Refusal.INVALID_SYNTAX);
            }
        }
    }

    private void requireMutable() {
        if (!mutable) {
            throw new RefusedException(Refusal.IMMUTABLE);
        }
    }
}
