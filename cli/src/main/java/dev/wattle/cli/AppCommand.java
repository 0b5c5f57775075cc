package dev.wattle.cli;

import dev.wattle.cli.Applications.Kept;
import dev.wattle.control.model.ManifestParser;
import dev.wattle.control.model.Problem;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `wattle app`: applications, as manifests describe them.
@Command(
        name = "app",
        description = "Puts, deploys and shows applications.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AppCommand.ListAll.class,
            AppCommand.Get.class,
            AppCommand.Status.class,
            AppCommand.Put.class,
            AppCommand.Deploy.class,
            AppCommand.Undeploy.class,
            AppCommand.Delete.class,
            AppCommand.Validate.class,
            AppCommand.History.class,
        })
final class AppCommand {
    private AppCommand() {}

    /// What all have that talk to the control plane.
    abstract static class Remote extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        Remote(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        final int run(Output output) {
            prepare(output);
            try (Lattice lattice = options.connect(surroundings())) {
                run(output, new Applications(lattice));
            }
            return ExitCode.OK;
        }

        /// What can fail without a lattice.
        void prepare(Output output) {}

        abstract void run(Output output, Applications applications);

        final ManifestFile manifest(Output output, String source) {
            ManifestFile manifest = ManifestFile.load(surroundings(), source);
            if (!manifest.warnings().isEmpty()) {
                output.note(ManifestFile.listing(manifest.warnings()));
            }
            return manifest;
        }
    }

    private static ObjectNode kept(boolean deployed, String name, String version) {
        ObjectNode json = Json.object();
        json.put("deployed", deployed);
        json.put("model_name", name);
        json.put("model_version", version);
        return json;
    }

    private static void listAll(Output output, Applications applications) {
        JsonNode list = applications.list();
        var table = new Table("NAME", "LATEST", "DEPLOYED", "STATUS", "DESCRIPTION");
        for (JsonNode one : list) {
            table.row(
                    one.path("name").asString(""),
                    one.path("version").asString(""),
                    one.path("deployed_version").asString("-"),
                    one.path("detailed_status")
                            .path("status")
                            .path("type")
                            .asString(one.path("status").asString("")),
                    one.path("description").asString(""));
        }
        ObjectNode json = Json.object();
        json.set("applications", list);
        output.answer(json, table.text(output.colours(), "There are no applications."));
    }

    /// `wattle app list`.
    @Command(name = "list", description = "Lists the applications.")
    static final class ListAll extends Remote {
        ListAll(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void run(Output output, Applications applications) {
            listAll(output, applications);
        }
    }

    /// `wattle app get`.
    @Command(name = "get", description = "Shows an application's manifest; without a name, lists the applications.")
    static final class Get extends Remote {
        @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which.")
        private Optional<String> name = Optional.empty();

        @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "Default: the newest.")
        private Optional<String> version = Optional.empty();

        Get(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void run(Output output, Applications applications) {
            if (name.isEmpty()) {
                listAll(output, applications);
                return;
            }
            JsonNode manifest = applications.get(name.get(), version).path("manifest");
            ObjectNode json = Json.object();
            json.set("application", manifest);
            output.answer(json, Json.pretty(manifest));
        }
    }

    /// `wattle app status`.
    @Command(name = "status", description = "Shows how far an application has come.")
    static final class Status extends Remote {
        @Parameters(paramLabel = "NAME", description = "Which.")
        private String name = "";

        Status(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void run(Output output, Applications applications) {
            JsonNode status = applications.status(name).path("status");
            var table = new Table("KIND", "NAME", "STATUS", "MESSAGE");
            for (JsonNode scaler : status.path("scalers")) {
                table.row(
                        scaler.path("kind").asString(""),
                        scaler.path("name").asString(""),
                        scaler.path("status").path("type").asString(""),
                        scaler.path("status").path("message").asString(""));
            }
            JsonNode whole = status.path("status");
            String message = whole.path("message").asString("");
            ObjectNode json = Json.object();
            json.set("status", status);
            output.answer(
                    json,
                    name + ": " + whole.path("type").asString("unknown")
                            + (message.isEmpty() ? "" : " (" + message + ")") + "\n"
                            + table.text(output.colours(), ""));
        }
    }

    /// `wattle app put`.
    @Command(name = "put", description = "Gives the control plane a manifest to keep, without deploying it.")
    static final class Put extends Remote {
        @Parameters(paramLabel = "FILE", description = "A manifest, in YAML or JSON.")
        private String source = "";

        private Optional<ManifestFile> manifest = Optional.empty();

        Put(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void prepare(Output output) {
            manifest = Optional.of(manifest(output, source));
        }

        @Override
        void run(Output output, Applications applications) {
            Kept kept = applications.put(manifest.orElseThrow().manifest());
            output.answer(
                    kept(false, kept.name(), kept.version()),
                    "Put application '" + kept.name() + "', version " + kept.version()
                            + "; deploy it with: wattle app deploy " + kept.name());
        }
    }

    /// `wattle app deploy`.
    @Command(name = "deploy", description = "Deploys an application; a manifest's file is put first.")
    static final class Deploy extends Remote {
        @Parameters(index = "0", paramLabel = "NAME|FILE", description = "An application, or a manifest's file.")
        private String application = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "Default: the newest.")
        private Optional<String> version = Optional.empty();

        private Optional<ManifestFile> manifest = Optional.empty();

        Deploy(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void prepare(Output output) {
            // A name of an application has no dot and no slash.
            boolean file = application.matches(".*[./\\\\].*")
                    || Files.exists(surroundings().resolve(application));
            if (file) {
                manifest = Optional.of(manifest(output, application));
            }
        }

        @Override
        void run(Output output, Applications applications) {
            String name = application;
            Optional<String> wanted = version;
            if (manifest.isPresent()) {
                Kept kept = applications.put(manifest.get().manifest());
                name = kept.name();
                wanted = Optional.of(kept.version()).filter(text -> !text.isEmpty());
            }
            JsonNode answer = applications.deploy(name, wanted);
            String deployed = answer.path("version").asString(wanted.orElse(""));
            output.answer(
                    kept(true, name, deployed),
                    "Deploying application '" + name + "'" + (deployed.isEmpty() ? "" : ", version " + deployed)
                            + "; see: wattle app status " + name);
        }
    }

    /// `wattle app undeploy`.
    @Command(name = "undeploy", description = "Stops all that an application runs; its manifest is kept.")
    static final class Undeploy extends Remote {
        @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which.")
        private List<String> names = List.of();

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        Undeploy(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void prepare(Output output) {
            if (names.isEmpty() != all) {
                throw CommandFailure.usage("name the applications to undeploy, or say --all");
            }
        }

        @Override
        void run(Output output, Applications applications) {
            List<String> chosen = all ? deployed(applications) : names;
            ArrayNode results = Json.array();
            for (String name : chosen) {
                JsonNode answer = applications.undeploy(name);
                results.add(answer.path("message").asString(""));
            }
            ObjectNode json = Json.object();
            json.set("results", results);
            json.set("undeployed", Json.texts(chosen));
            output.answer(json, chosen.isEmpty() ? "Nothing is deployed." : "Undeployed " + String.join(", ", chosen));
        }

        private static List<String> deployed(Applications applications) {
            return applications
                    .list()
                    .valueStream()
                    .filter(one -> !one.path("deployed_version").asString("").isEmpty())
                    .map(one -> one.path("name").asString(""))
                    .toList();
        }
    }

    /// `wattle app delete`.
    @Command(name = "delete", aliases = "del", description = "Deletes an application, or one version of it.")
    static final class Delete extends Remote {
        @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which.")
        private Optional<String> name = Optional.empty();

        @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "Default: all versions.")
        private Optional<String> version = Optional.empty();

        @Option(names = "--all-undeployed", description = "All that are not deployed.")
        private boolean allUndeployed;

        Delete(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void prepare(Output output) {
            if (name.isEmpty() != allUndeployed) {
                throw CommandFailure.usage("name the application to delete, or say --all-undeployed");
            }
        }

        @Override
        void run(Output output, Applications applications) {
            List<String> chosen = name.map(List::of).orElseGet(() -> undeployed(applications));
            for (String one : chosen) {
                JsonNode answer = applications.delete(one, version);
                if (answer.path("result").asString("").equals("noop")) {
                    throw CommandFailure.failed(answer.path("message").asString("there was nothing to delete"));
                }
            }
            ObjectNode json = Json.object();
            json.put("deleted", !chosen.isEmpty());
            json.set("deleted_applications", Json.texts(chosen));
            output.answer(json, chosen.isEmpty() ? "Nothing to delete." : "Deleted " + String.join(", ", chosen));
        }

        private static List<String> undeployed(Applications applications) {
            return applications
                    .list()
                    .valueStream()
                    .filter(one -> one.path("deployed_version").asString("").isEmpty())
                    .map(one -> one.path("name").asString(""))
                    .toList();
        }
    }

    /// `wattle app validate`: without a lattice.
    @Command(name = "validate", description = "Checks a manifest, without a lattice.")
    static final class Validate extends BaseCommand {
        @Parameters(paramLabel = "FILE", description = "A manifest, in YAML or JSON.")
        private String source = "";

        Validate(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            ManifestParser.Checked checked = ManifestFile.check(surroundings(), source);
            boolean valid = checked.manifest().isPresent();
            ObjectNode json = Json.object();
            json.put("valid", valid);
            json.set("warnings", problems(checked, Problem.Severity.WARNING));
            json.set("errors", problems(checked, Problem.Severity.ERROR));
            if (!valid && output.format() == OutputFormat.TEXT) {
                throw CommandFailure.failed(ManifestFile.listing(checked.problems()));
            }
            if (valid) {
                output.answer(json, source + " is valid");
                if (!checked.problems().isEmpty()) {
                    output.note(ManifestFile.listing(checked.problems()));
                }
                return ExitCode.OK;
            }
            ObjectNode whole = Json.object();
            whole.put("success", false);
            whole.put("error", source + " is not valid");
            json.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
            output.plainAnswer(whole, "");
            return ExitCode.FAILED;
        }

        private static ArrayNode problems(ManifestParser.Checked checked, Problem.Severity severity) {
            return Json.texts(checked.problems().stream()
                    .filter(problem -> problem.severity() == severity)
                    .toList());
        }
    }

    /// `wattle app history`.
    @Command(name = "history", description = "Lists the versions of an application.")
    static final class History extends Remote {
        @Parameters(paramLabel = "NAME", description = "Which.")
        private String name = "";

        History(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void run(Output output, Applications applications) {
            JsonNode versions = applications.versions(name).path("versions");
            var table = new Table("VERSION", "DEPLOYED");
            for (JsonNode one : versions) {
                table.row(one.path("version").asString(""), one.path("deployed").asBoolean(false) ? "yes" : "");
            }
            ObjectNode json = Json.object();
            json.set("revisions", versions);
            output.answer(json, table.text(output.colours(), "There are no versions."));
        }
    }
}
