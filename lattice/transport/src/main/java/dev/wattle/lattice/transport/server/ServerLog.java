package dev.wattle.lattice.transport.server;

import dev.wattle.lattice.transport.server.NatsServerException.Code;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a server's log says about why it did not start, or should not have.
final class ServerLog {
    private static final Pattern PORT_TAKEN = Pattern.compile("address already in use");
    private static final Pattern DISK_FULL = Pattern.compile("no space left on device|disk quota exceeded");
    private static final Pattern DAMAGED = Pattern.compile(
            "checksums do not match|Missing stream metafile|Error (recreating|reading|unmarshalling|restoring)"
                    + "|Error opening (stream|consumer)|corrupt|storage directory is not a directory|bad state detected",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COMPLAINT = Pattern.compile("\\[(FTL|ERR)]|^nats-server: ");
    private static final Pattern PREFIX = Pattern.compile("^\\[\\d+] \\S+ \\S+ \\[\\w+]\\s*");

    /// What is wrong, and the line that says so.
    record Finding(Code code, String line) {}

    private final List<String> lines;

    ServerLog(String text) {
        this.lines = text.lines().toList();
    }

    /// A store that lost something, even if the server goes on without it.
    Optional<Finding> damage() {
        return first(DISK_FULL, Code.DISK_FULL).or(() -> first(DAMAGED, Code.STORE_DAMAGED));
    }

    /// Why the server ended.
    Optional<Finding> failure() {
        return first(PORT_TAKEN, Code.PORT_TAKEN).or(this::damage).or(() -> first(COMPLAINT, Code.DID_NOT_START));
    }

    private Optional<Finding> first(Pattern pattern, Code code) {
        return lines.stream()
                .filter(line -> pattern.matcher(line).find())
                .findFirst()
                .map(line -> new Finding(code, PREFIX.matcher(line).replaceFirst("")));
    }
}
