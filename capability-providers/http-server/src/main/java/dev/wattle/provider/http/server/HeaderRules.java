package dev.wattle.provider.http.server;

import dev.wattle.wit.ByteString;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What may stand in header fields, and which of them end at this server.
final class HeaderRules {
    /// RFC 9110, 7.6.1, and what older software sends.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private HeaderRules() {}

    /// The names that go no further, in lower case: the known ones, and those that `Connection` lists.
    static Set<String> hopByHop(Collection<String> connectionValues) {
        Set<String> names = new TreeSet<>(HOP_BY_HOP);
        for (String value : connectionValues) {
            for (String name : value.split(",")) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    static boolean validName(String name) {
        return !name.isEmpty() && name.chars().allMatch(HeaderRules::tokenChar);
    }

    static boolean validValue(ByteString value) {
        for (int i = 0; i < value.size(); i++) {
            int b = Byte.toUnsignedInt(value.at(i));
            if ((b < 0x20 && b != '\t') || b == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean tokenChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
