package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.component.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/// The reference suite of the Component Model: a test for each file.
@Tag("slow")
final class ComponentSuiteTest {
    /// How many files must pass as a whole, with nothing skipped, by folder.
    private static final Map<String, Integer> COMPLETE =
            Map.of("values", 8, "resources", 3, "linking", 4, "binary", 1, "validation", 13);

    private static final String ASYNC = "async";

    @TestFactory
    Stream<DynamicTest> all_of_a_file_passes() {
        return Stream.of(Layer.values())
                .flatMap(layer -> tests(
                        layer,
                        file -> COMPLETE.containsKey(folderOf(file)),
                        result -> assertThat(result.outcomes())
                                .filteredOn(outcome -> !(outcome instanceof Outcome.Passed))
                                .as("%s", result.tally())
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> what_is_finished_of_an_async_file_passes() {
        return Stream.of(Layer.values())
                .flatMap(layer -> tests(
                        layer,
                        file -> folderOf(file).equals(ASYNC),
                        result -> assertThat(result.outcomes())
                                .filteredOn(Outcome.Failed.class::isInstance)
                                .as("%s", result.tally())
                                .isEmpty()));
    }

    @Test
    void the_folders_have_as_many_files_as_when_the_suite_was_pinned() {
        var found = files().stream()
                .filter(file -> !folderOf(file).equals(ASYNC))
                .collect(Collectors.groupingBy(ComponentSuiteTest::folderOf, Collectors.summingInt(_ -> 1)));
        assertThat(found).isEqualTo(COMPLETE);
    }

    @Test
    void what_is_not_finished_is_in_the_async_files_alone() {
        Map<String, String> digests = files().stream()
                .collect(Collectors.toMap(
                        file -> folderOf(file) + "/" + file.getFileName(),
                        file -> Unfinished.digest(read(file)),
                        (one, _) -> one));
        assertThat(ComponentSuite.unfinished().entries())
                .allSatisfy(entry -> assertThat(digests).containsEntry(entry.file(), entry.digest()))
                .allSatisfy(entry -> assertThat(entry.file()).startsWith(ASYNC + "/"));
    }

    /// A test that is skipped, rather than none, where something is missing: so the report tells it.
    private static Stream<DynamicTest> tests(
            Layer layer, Function<Path, Boolean> chosen, Consumer<SuiteRun.FileResult> check) {
        try {
            var suite = ComponentSuite.of(EngineChoice.DEFAULT.create(), layer, Suites.HOME, Suites.requireWasmTools());
            return files().stream()
                    .filter(chosen::apply)
                    .map(file -> DynamicTest.dynamicTest(
                            "%s/%s, %s".formatted(folderOf(file), file.getFileName(), layer),
                            () -> check.accept(suite.run(file))));
        } catch (TestAbortedException missing) {
            return Stream.of(DynamicTest.dynamicTest("the Component Model's suite", () -> {
                throw missing;
            }));
        }
    }

    private static List<Path> files() {
        return SuiteRun.filesBelow(Suites.require("component-model"));
    }

    private static String folderOf(Path file) {
        return String.valueOf(file.getName(file.getNameCount() - 2));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException("reading " + file, failure);
        }
    }
}
