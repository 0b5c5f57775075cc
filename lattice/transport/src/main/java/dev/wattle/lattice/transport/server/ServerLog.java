package dev.wattle.lattice.transport.server;

import dev.wattle.lattice.transport.server.NatsServerException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    private static final Pattern RESTORED = Pattern.compile("Restored ([\\d,]+) messages? for stream '([^']*)'");
    private static final String READY = "Server is ready";

    /// What is wrong, and the line that says so.
    record Finding(Code code, String line) {}

    private final List<String> lines;

    ServerLog(String text) {
        this.lines = text.lines().toList();
    }

    /// The log in a file; an empty one when there is none yet.
    static ServerLog at(Path file) throws IOException {
        return new ServerLog(Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "");
    }

    /// Has it started?
    boolean ready() {
        return lines.stream().anyMatch(line -> line.endsWith(READY));
    }

    /// How many messages it found in each stream.
    SortedMap<String, Long> restored() {
        var counts = new TreeMap<String, Long>();
        for (String line : lines) {
            Matcher matcher = RESTORED.matcher(line);
            if (matcher.find()) {
                counts.put(matcher.group(2), Long.parseLong(matcher.group(1).replace(",", "")));
            }
        }
        return counts;
    }

    /// The same without what is said about an index, which the server makes anew from the blocks.
    ServerLog withoutIndexes() {
        return new ServerLog(lines.stream()
                .filter(line -> !line.contains("from index errored"))
                .collect(Collectors.joining("\n")));
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
