package dev.wattle.control.model;

import java.util.List;
import java.util.stream.Collectors;

/// A manifest that cannot be used, with everything that is wrong in it, in the order of the text.
public final class ManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ManifestException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// At least one error, and warnings if there are.
    public List<Problem> problems() {
        return problems;
    }
}
