package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/// The core suite against our own engine: a test for each file.
@Tag("slow")
final class CoreSuiteTest {
    @TestFactory
    Stream<DynamicTest> compiled_when_first_called() {
        return files(new EngineChoice("jvm", "lazy"));
    }

    @TestFactory
    Stream<DynamicTest> every_function_split_into_tiny_chunks() {
        return files(new EngineChoice("jvm", "split"));
    }

    /// A test that is skipped, rather than none, where something is missing: so the report tells it.
    private static Stream<DynamicTest> files(EngineChoice choice) {
        try {
            var files = SuiteRun.filesIn(Suites.require("core"));
            var suite = CoreSuite.of(choice.create(), Suites.HOME, Suites.requireWasmTools());
            return files.stream().map(file -> DynamicTest.dynamicTest(nameOf(file), () -> check(suite, file)));
        } catch (TestAbortedException missing) {
            return Stream.of(DynamicTest.dynamicTest("the core suite", () -> {
                throw missing;
            }));
        }
    }

    private static void check(SuiteRun suite, Path file) {
        var failures = suite.run(file).outcomes().stream().filter(Outcome.Failed.class::isInstance);
        assertThat(failures).as("failures in %s", file.getFileName()).isEmpty();
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}
