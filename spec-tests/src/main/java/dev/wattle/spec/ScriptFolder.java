package dev.wattle.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Scripts after their conversion, kept by what they were made of: the script's bytes and the version of
/// `wasm-tools`. Safe for any thread and process: a folder appears under its name only when it is whole.
final class ScriptFolder implements SuiteRun.Scripts {
    private static final String SCRIPT = "script.json";
    private static final String REFUSED = "refused.txt";
    private static final String NOTE = "note.txt";

    /// Changes when what is kept in a folder changes.
    private static final String LAYOUT = "3";

    private static final int NAME_DIGITS = 24;

    private final Path cache;
    private final WasmTools tools;

    ScriptFolder(Path home, WasmTools tools) {
        this.cache = home.resolve(".wattle").resolve("scripts");
        this.tools = tools;
    }

    /// Converts a script, unless that was done before.
    ///
    /// @throws SuiteException when `wasm-tools` cannot read it
    @Override
    public SuiteRun.Script read(Path wast) {
        try {
            Path folder = cache.resolve(key(wast));
            if (!Files.isDirectory(folder)) {
                convert(wast, folder);
            }
            Set<String> refused = new LinkedHashSet<>(Files.readAllLines(folder.resolve(REFUSED)));
            Path note = folder.resolve(NOTE);
            return new SuiteRun.Script(
                    folder,
                    ScriptReader.read(folder.resolve(SCRIPT), refused),
                    WastText.componentLines(Files.readString(wast)),
                    Files.exists(note) ? Optional.of(Files.readString(note)) : Optional.empty());
        } catch (IOException failure) {
            throw new UncheckedIOException("converting " + wast, failure);
        }
    }

    private void convert(Path wast, Path folder) throws IOException {
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "fresh-");
        try {
            Path json = fresh.resolve(SCRIPT);
            var note = WastDialect.split(tools, wast, json);
            if (note.isPresent()) {
                Files.writeString(fresh.resolve(NOTE), note.get());
            }
            List<String> refused = ScriptReader.malformedTexts(json).stream()
                    .filter(text -> tools.refuses(fresh.resolve(text)))
                    .toList();
            Files.write(fresh.resolve(REFUSED), refused);
            move(fresh, folder);
        } finally {
            deleteTree(fresh);
        }
    }

    /// Another process may have been faster, which is as good.
    private static void move(Path fresh, Path folder) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException elsewhere) {
            if (!Files.isDirectory(folder)) {
                throw elsewhere;
            }
        }
    }

    private String key(Path wast) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((LAYOUT + '\n' + tools.version() + '\n').getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                    .formatHex(digest.digest(Files.readAllBytes(wast)))
                    .substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
