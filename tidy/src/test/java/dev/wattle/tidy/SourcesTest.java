package dev.wattle.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Rules that a compiled class does not show.
final class SourcesTest {
    /// A file that a person can still read in one sitting; longer ones are split by concern.
    private static final int MAX_LINES = 800;

    private static final Set<String> FOREIGN = Set.of("target", "node_modules", ".git", ".wattle", "components");

    private static List<Path> sources = List.of();

    @BeforeAll
    static void find_the_sources() throws IOException {
        var home = Path.of(System.getProperty("wattle.home", ".."));
        sources = javaFilesBelow(home);
        assertThat(sources).as("Java files below %s", home).hasSizeGreaterThan(20);
    }

    @Test
    void no_file_is_too_long() {
        assertThat(sources)
                .allSatisfy(
                        file -> assertThat(lines(file)).as("lines of %s", file).hasSizeLessThanOrEqualTo(MAX_LINES));
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        var packages = sources.stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct();
        assertThat(packages).isNotEmpty().allSatisfy(folder -> {
            var page = folder.resolve("package-info.java");
            assertThat(page).exists();
            assertThat(lines(page)).as("lines of %s", page).contains("@NullMarked");
            assertThat(lines(page)).as("lines of %s", page).anyMatch(line -> line.startsWith("/// "));
        });
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("reading " + file, failure);
        }
    }

    private static List<Path> javaFilesBelow(Path home) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return FOREIGN.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(found);
    }
}
