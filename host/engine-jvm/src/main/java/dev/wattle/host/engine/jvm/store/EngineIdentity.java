package dev.wattle.host.engine.jvm.store;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.jvm.code.CodePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Which engine this is, to the byte: classes that another one made, were it only a developer's last build, are not
/// for this one.
final class EngineIdentity {
    /// Raised when generated code changes its shape; what changes without that is told by the engine's own classes.
    private static final int VERSION = 1;

    /// The engine and the contract that generated code calls.
    private static final String PACKAGE_FOLDER = Engine.class.getPackageName().replace('.', '/') + "/";

    /// Empty where the engine's own classes cannot be found.
    private static final Optional<String> OWN = find();

    private EngineIdentity() {}

    /// Of this process's engine, and the JDK it runs on.
    ///
    /// @return empty when nothing can tell it from others
    static Optional<String> own() {
        return OWN;
    }

    private static Optional<String> find() {
        List<Path> path = CodePath.own();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(path));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// Of the engine whose classes are in these jars and folders.
    static String of(List<Path> path) throws IOException {
        MessageDigest digest = Digests.sha256();
        for (Path each : path) {
            var parts = Files.isDirectory(each) ? ofFolder(each) : ofJar(each);
            parts.forEach(
                    (name, content) -> digest.update((name + "=" + content + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        // Joined by hand: the first formatted number makes the JVM load what it knows of languages, at each start.
        String engine = "engine " + VERSION + " " + HexFormat.of().formatHex(digest.digest());
        String machine = property("java.vm.name") + " " + property("java.vm.version");
        return engine + "\njdk " + Runtime.version() + "\nvm " + machine + "\n";
    }

    private static @Nullable String property(String name) {
        return System.getProperty(name);
    }

    /// A jar's directory has checksums of all its files.
    private static SortedMap<String, String> ofJar(Path jar) throws IOException {
        SortedMap<String, String> parts = new TreeMap<String, String>();
        try (var file = new JarFile(jar.toFile(), false)) {
            file.stream()
                    .filter(entry -> isCode(entry.getName()))
                    .forEach(entry -> parts.put(entry.getName(), sum(entry)));
        }
        return parts;
    }

    private static String sum(JarEntry entry) {
        return entry.getCrc() + "/" + entry.getSize();
    }

    private static SortedMap<String, String> ofFolder(Path folder) throws IOException {
        SortedMap<String, String> parts = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (isCode(name)) {
                    byte[] content = Files.readAllBytes(file);
                    var sum = new CRC32();
                    sum.update(content);
                    parts.put(name, sum.getValue() + "/" + content.length);
                }
            }
        }
        return parts;
    }

    private static boolean isCode(String name) {
        return name.startsWith(PACKAGE_FOLDER) && name.endsWith(".class");
    }
}
