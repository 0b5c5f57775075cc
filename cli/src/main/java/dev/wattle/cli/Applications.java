package dev.wattle.cli;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.Manifest;
import dev.wattle.control.model.WadmAnswer;
import dev.wattle.control.model.WadmAnswer.Result;
import dev.wattle.control.server.client.WadmClient;
import dev.wattle.control.server.client.WadmException;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What the control plane is asked about applications, with answers as `wash` shows them.
record Applications(Lattice lattice) {
    /// A version of an application that the control plane keeps.
    record Kept(String name, String version) {}

    JsonNode list() {
        return Json.parse(ask(client -> new WadmAnswer.Listing(client.list())).toJson());
    }

    JsonNode get(String name, Optional<String> version) {
        AppName app = app(name);
        WadmAnswer.Get answer = ask(client -> client.get(app, version));
        return found(answer, answer.result(), answer.message());
    }

    JsonNode status(String name) {
        AppName app = app(name);
        WadmAnswer.Status answer = ask(client -> client.status(app));
        return found(answer, answer.result(), answer.message());
    }

    JsonNode versions(String name) {
        AppName app = app(name);
        WadmAnswer.Versions answer = ask(client -> client.versions(app));
        return found(answer, answer.result(), answer.message());
    }

    Kept put(Manifest manifest) {
        WadmAnswer.Put answer = ask(client -> client.put(manifest));
        String name = answer.name().isEmpty() ? manifest.name().value() : answer.name();
        return new Kept(name, answer.currentVersion());
    }

    JsonNode deploy(String name, Optional<String> version) {
        AppName app = app(name);
        WadmAnswer.Deploy answer = ask(client -> client.deploy(app, version));
        return found(answer, answer.result(), answer.message());
    }

    JsonNode undeploy(String name) {
        AppName app = app(name);
        WadmAnswer.Deploy answer = ask(client -> client.undeploy(app));
        return found(answer, answer.result(), answer.message());
    }

    JsonNode delete(String name, Optional<String> version) {
        AppName app = app(name);
        WadmAnswer.Delete answer = ask(client -> client.delete(app, version));
        return found(answer, answer.result(), answer.message());
    }

    private static AppName app(String name) {
        try {
            return new AppName(name);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("'" + name + "' is no name of an application: letters, digits, '_' and '-'");
        }
    }

    private static JsonNode found(WadmAnswer answer, Result result, String message) {
        if (result == Result.NOTFOUND) {
            throw CommandFailure.failed(message);
        }
        return Json.parse(answer.toJson());
    }

    private <T> T ask(Function<WadmClient, T> question) {
        var client = new WadmClient(lattice.transport(), lattice.name(), lattice.timeout());
        try {
            return question.apply(client);
        } catch (WadmException e) {
            String reason = String.valueOf(e.getMessage());
            throw switch (e.code()) {
                case REFUSED -> CommandFailure.failed(reason.isEmpty() ? "refused, without a reason" : reason, e);
                case NO_CONTROL_PLANE ->
                    CommandFailure.failed("no control plane of lattice '" + lattice.name() + "' answers", e);
                case DISCONNECTED -> CommandFailure.failed("the connection to NATS was lost", e);
                case BAD_ANSWER ->
                    CommandFailure.failed("the control plane sent an answer that cannot be read: " + reason, e);
                case TIMED_OUT ->
                    CommandFailure.timedOut(
                            reason + "; it may have been done all the same. Give it more time with --timeout");
            };
        }
    }
}
