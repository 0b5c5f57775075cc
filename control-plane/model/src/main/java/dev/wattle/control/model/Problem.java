package dev.wattle.control.model;

import java.util.Objects;
import java.util.Optional;

/// One thing that is wrong, or doubtful, in a manifest.
///
/// @param file what the caller calls the text
/// @param path from the top, as `spec.components[0].traits[1]`; empty for the whole
/// @param message what was found and what was expected
/// @param suggestion what the writer may have meant
public record Problem(
        Code code,
        Severity severity,
        String file,
        Place place,
        String path,
        String message,
        Optional<String> suggestion) {
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
    }

    /// What kind. Stable, for scripts and tests.
    public enum Code {
        SYNTAX,
        TOO_LARGE,
        TOO_DEEP,
        ALIASES,
        DUPLICATE_KEY,
        UNKNOWN_FIELD,
        MISSING_FIELD,
        WRONG_TYPE,
        BAD_VALUE,
        BAD_NAME,
        DUPLICATE_NAME,
        DUPLICATE_ID,
        DUPLICATE_CONFIG,
        DUPLICATE_LINK,
        DUPLICATE_SCALER,
        UNKNOWN_TARGET,
        UNKNOWN_POLICY,
        UNKNOWN_TRAIT,
        UNKNOWN_INTERFACE,
        UNSUPPORTED
    }

    /// Does it keep the manifest from being used?
    public enum Severity {
        ERROR,
        WARNING
    }

    /// One line: `payments.yaml:12:9: spec.components[0]: unknown field 'image_ref'; did you mean 'image'?`
    @Override
    public String toString() {
        return file + ":" + place + ": " + (severity == Severity.WARNING ? "warning: " : "")
                + (path.isEmpty() ? "" : path + ": ") + message
                + suggestion.map(text -> "; " + text).orElse("");
    }
}
