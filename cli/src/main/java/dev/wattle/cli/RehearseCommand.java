package dev.wattle.cli;

import dev.wattle.host.engine.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `wattle rehearse`: what a host does, in small. Run once for each build, by the launcher, in a JVM that takes notes
/// of it, from which hosts and control planes then start.
@Command(name = "rehearse", hidden = true, description = "Does what a host does, in small, and ends.")
final class RehearseCommand extends BaseCommand {
    /// The engine writes when a guest has made no class for a moment; the machine may be busy.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(names = "--guests", required = true, paramLabel = "DIR", description = "Where the demo's components are.")
    private String guests = "";

    RehearseCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        Path folder = surroundings().resolve(guests);
        Rehearsal.run(folder);
        // The second host loads the classes that the first one left. Where none are kept, there is nothing to load.
        String kept = System.getProperty(Engines.CACHE_PROPERTY, "");
        if (!kept.isEmpty() && Processes.await(PATIENCE, () -> holdsSomething(Path.of(kept)))) {
            Rehearsal.run(folder);
        }
        return ExitCode.OK;
    }

    private static boolean holdsSomething(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("the classes in " + folder + " cannot be listed", e);
        }
    }
}
