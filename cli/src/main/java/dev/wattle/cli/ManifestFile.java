package dev.wattle.cli;

import dev.wattle.control.model.Manifest;
import dev.wattle.control.model.ManifestException;
import dev.wattle.control.model.ManifestParser;
import dev.wattle.control.model.Problem;
import dev.wattle.control.model.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A manifest that the caller names, with images that mean the same everywhere on this machine.
///
/// @param name as the caller wrote it
/// @param warnings what is doubtful in it
record ManifestFile(String name, Manifest manifest, List<Problem> warnings) {
    private static final String FILE = "file://";

    ManifestFile {
        warnings = List.copyOf(warnings);
    }

    /// @throws CommandFailure naming all that is wrong with it, with line and column
    static ManifestFile load(Surroundings surroundings, String name) {
        Path file = surroundings.resolve(name);
        ManifestParser.Checked checked = check(surroundings, name);
        Manifest manifest = checked.manifest().orElseThrow(() -> CommandFailure.failed(listing(checked.problems())));
        Path folder = file.getParent() == null ? surroundings.directory() : file.getParent();
        return new ManifestFile(name, absolute(name, manifest, folder), checked.problems());
    }

    /// What is wrong with a manifest and what is doubtful.
    static ManifestParser.Checked check(Surroundings surroundings, String name) {
        byte[] bytes = InputFile.read("manifest", name, surroundings.resolve(name));
        try {
            return ManifestParser.check(name, bytes, ManifestParser.Format.ANY);
        } catch (ManifestException refused) {
            throw CommandFailure.failed(listing(refused.problems()), refused);
        }
    }

    static String listing(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private static Manifest absolute(String name, Manifest manifest, Path folder) {
        List<Workload> workloads = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Workload workload : manifest.workloads()) {
            if (workload.source() instanceof Workload.Source.Image(String reference)) {
                String absolute = ImageReference.absolute(reference, folder);
                if (absolute.startsWith(FILE) && !Files.isRegularFile(Path.of(absolute.substring(FILE.length())))) {
                    missing.add(name + ": the image of '" + workload.name() + "' is not there: " + reference + " ("
                            + absolute.substring(FILE.length()) + ")");
                }
                workloads.add(new Workload(
                        workload.name(),
                        workload.kind(),
                        new Workload.Source.Image(absolute),
                        workload.id(),
                        workload.config(),
                        workload.secrets(),
                        workload.traits()));
            } else {
                workloads.add(workload);
            }
        }
        if (!missing.isEmpty()) {
            throw CommandFailure.failed(String.join("\n", missing));
        }
        return new Manifest(manifest.name(), manifest.annotations(), manifest.labels(), workloads, manifest.policies());
    }
}
