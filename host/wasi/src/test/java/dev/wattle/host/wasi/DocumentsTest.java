package dev.wattle.host.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples in documents: those of the README are compiled and run, those of Javadoc are compiled.
class DocumentsTest {
    private static final String PACKAGE = "host/component/src/main/java/dev/wattle/host/component/";

    /// The README's promise: a Java program calls a component in so many lines, imports left out.
    private static final int MAX_SAMPLE_LINES = 15;

    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```\n```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("Path\\.of\\(\"([a-z]+\\.wasm)\"\\)");
    private static final Pattern FRAGMENT = Pattern.compile("/// ```java\n(.*?)/// ```", Pattern.DOTALL);
    private static final String IMPORTS = Stream.of(
                    "dev.wattle.host.component",
                    "dev.wattle.host.component.typed",
                    "dev.wattle.host.engine",
                    "dev.wattle.host.wasi",
                    "dev.wattle.wit",
                    "java.nio.file",
                    "java.util",
                    "java.util.function",
                    "java.lang.invoke")
            .map(name -> "import " + name + ".*;\n")
            .collect(Collectors.joining("", "import static java.lang.invoke.MethodType.methodType;\n", ""));

    /// What fragments take as given.
    private static final String GIVEN = """
            static byte[] bytes;
            static Engine engine;
            static ImportSource imports, wasi;
            static Component processor, converter, newer;
            static MethodHandles.Lookup lookup;
            static FunctionType type;

            static class Maths {}
            """;

    @TempDir
    private Path folder;

    /// A program and what it prints.
    record Program(String name, String source, String output) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Program> programs() throws IOException {
        List<Program> programs = new ArrayList<>();
        Matcher found = PROGRAM.matcher(Files.readString(home().resolve("host/component/README.md")));
        while (found.find()) {
            String name = found.group(1).lines().findFirst().orElseThrow().replaceAll("class | \\{", "");
            programs.add(new Program(name, found.group(1), found.group(2)));
        }
        assertThat(programs).hasSizeGreaterThanOrEqualTo(5);
        return programs;
    }

    private static Path home() {
        Path start = Path.of(System.getProperty("wattle.home", "")).toAbsolutePath();
        for (Path path = start; path != null; path = path.getParent()) {
            if (Files.isDirectory(path.resolve("components/prebuilt"))) {
                return path;
            }
        }
        throw new IllegalStateException("no components/prebuilt at or above " + start);
    }

    private URLClassLoader compile(String name, String source) throws IOException {
        Path file = folder.resolve(name + ".java");
        Files.writeString(file, IMPORTS + source);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, errors, errors, "-proc:none", "-d", folder.toString(), "-cp", classPath, file.toString());
        assertThat(exit).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, DocumentsTest.class.getClassLoader());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void a_program_of_the_readme_prints_what_it_says(Program program) throws Exception {
        String folderOfGuests = home().resolve("components/prebuilt").toString().replace("\\", "/");
        String source = FILE.matcher(program.source()).replaceAll("Path.of(\"" + folderOfGuests + "/$1\")");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader = compile(program.name(), source)) {
            Method main = loader.loadClass(program.name()).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            main.invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines(program.output());
    }

    @Test
    void a_java_program_calls_a_component_in_fifteen_lines() throws IOException {
        String sample = programs().getFirst().source();

        assertThat(sample.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(MAX_SAMPLE_LINES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Component",
                "Composition",
                "TypedHostFunction",
                "typed/Guest",
                "typed/Imports",
                "typed/WitInterface",
            })
    void an_example_of_javadoc_compiles(String type) throws IOException {
        Matcher found = FRAGMENT.matcher(Files.readString(home().resolve(PACKAGE + type + ".java")));
        assertThat(found.find()).isTrue();
        String fragment = found.group(1).lines().map(line -> line.substring(3)).collect(Collectors.joining("\n"));
        String source = "class Fragment {\n" + GIVEN + "static void run() throws Throwable {\n" + fragment + "\n}\n}\n";

        compile("Fragment", source).close();
    }
}
