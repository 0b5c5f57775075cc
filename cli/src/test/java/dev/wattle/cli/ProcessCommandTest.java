package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a small program in place of ours, where a JVM is started: the notes are the JVM's, whatever it runs.
final class ProcessCommandTest {
    private static final String OPTION = "-XX:AOTCache=";

    /// A JVM starts in less than a second on a machine that is not busy.
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void forget_the_notes() {
        System.clearProperty(ProcessCommand.NOTES_PROPERTY);
    }

    private static List<String> command(ProcessCommand.Kind kind) {
        return ProcessCommand.of(kind, Path.of("home"), Path.of("settings.json"));
    }

    private Path notesNamed(String name) {
        Path notes = folder.resolve(name);
        System.setProperty(ProcessCommand.NOTES_PROPERTY, notes.toString());
        return notes;
    }

    @Test
    void hosts_and_control_planes_start_from_the_notes_that_the_launcher_names() throws IOException {
        Path notes = Files.writeString(notesNamed("a folder with spaces.aot"), "notes");
        for (var kind : ProcessCommand.Kind.values()) {
            assertThat(command(kind)).contains(OPTION + notes, "-XX:AOTMode=auto");
        }
    }

    @Test
    void without_notes_nothing_is_said_of_them() {
        assertThat(command(ProcessCommand.Kind.HOST)).noneMatch(option -> option.startsWith(OPTION));
        notesNamed("missing.aot");
        assertThat(command(ProcessCommand.Kind.HOST)).noneMatch(option -> option.startsWith(OPTION));
    }

    @Test
    void the_launcher_rehearses_with_the_collector_and_the_access_of_a_host() throws IOException {
        Path launcher = Path.of(System.getProperty("wattle.home", "..")).resolve("build/common.sh");
        String text = Files.readString(launcher);
        String options = text.substring(text.indexOf("host_start=("), text.indexOf(')', text.indexOf("host_start=(")));
        List<String> rehearsed = Arrays.stream(
                        options.substring("host_start=(".length()).split("\\s+"))
                .toList();
        assertThat(command(ProcessCommand.Kind.HOST)).containsAll(rehearsed);
        assertThat(rehearsed).contains("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void a_process_starts_and_says_nothing_with_notes_that_are_missing_damaged_or_stale()
            throws IOException, InterruptedException {
        Path notes = notesNamed("whole notes.aot");
        Path jar = writeJar("first");
        run(List.of(
                java(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:AOTCacheOutput=" + notes,
                "-cp",
                jar.toString(),
                name()));
        assertThat(runFromNotes(jar, "-Xlog:class+load")).contains("Small source: shared objects file", "it runs");
        assertThat(runFromNotes(jar)).isEqualTo("it runs");

        byte[] whole = Files.readAllBytes(notes);
        for (int length : new int[] {0, 100, whole.length / 2, whole.length - 1}) {
            Files.write(notes, Arrays.copyOf(whole, length));
            assertThat(runFromNotes(jar)).as("of %d bytes", length).isEqualTo("it runs");
        }
        Files.write(notes, new byte[whole.length]);
        assertThat(runFromNotes(jar)).isEqualTo("it runs");

        Files.write(notes, whole);
        writeJar("second, of another size");
        assertThat(runFromNotes(jar)).as("notes of another jar").isEqualTo("it runs");

        List<String> options = optionsOfNotes();
        Files.delete(notes);
        assertThat(runWith(options, jar)).as("deleted after a look").isEqualTo("it runs");
    }

    private String runFromNotes(Path jar, String... more) throws IOException, InterruptedException {
        var options = new ArrayList<>(optionsOfNotes());
        options.addAll(List.of(more));
        return runWith(options, jar);
    }

    /// What a host is started with, up to its program.
    private static List<String> optionsOfNotes() {
        List<String> host = command(ProcessCommand.Kind.HOST);
        List<String> options = host.subList(1, host.indexOf("-cp")).stream()
                .filter(option -> !option.startsWith("-D"))
                .toList();
        assertThat(options).anyMatch(option -> option.startsWith(OPTION));
        return options;
    }

    private String runWith(List<String> options, Path jar) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.addAll(List.of("-cp", jar.toString(), name()));
        return run(command);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(output);
            assertThat(process.exitValue()).as(said).isZero();
            return said.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    }

    private static String name() {
        return Small.class.getName();
    }

    private Path writeJar(String remark) throws IOException {
        Path jar = folder.resolve("small program.jar");
        String file = name().replace('.', '/') + ".class";
        try (var in = Small.class.getClassLoader().getResourceAsStream(file);
                var out = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
            assertThat(in).isNotNull();
            out.putNextEntry(new ZipEntry(file));
            out.write(in.readAllBytes());
            out.putNextEntry(new ZipEntry("remark"));
            out.write(remark.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    /// Needs no other class of ours.
    static final class Small {
        private Small() {}

        public static void main(String[] arguments) {
            System.out.println("it runs");
        }
    }
}
