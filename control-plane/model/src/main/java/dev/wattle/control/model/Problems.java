package dev.wattle.control.model;

import dev.wattle.control.model.Problem.Code;
import dev.wattle.control.model.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Collects the problems of one text. Bounded: a text of garbage gives a page, not a book.
final class Problems {
    /// Nobody reads more at once.
    static final int MAX_PROBLEMS = 200;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void error(Code code, Place place, String path, String message) {
        add(code, Severity.ERROR, place, path, message, Optional.empty());
    }

    void error(Code code, Place place, String path, String message, Optional<String> suggestion) {
        add(code, Severity.ERROR, place, path, message, suggestion);
    }

    void warning(Code code, Place place, String path, String message, Optional<String> suggestion) {
        add(code, Severity.WARNING, place, path, message, suggestion);
    }

    private void add(
            Code code, Severity severity, Place place, String path, String message, Optional<String> suggestion) {
        if (found.size() < MAX_PROBLEMS) {
            found.add(new Problem(code, severity, file, place, path, message, suggestion));
        }
    }

    boolean anyError() {
        return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /// In the order of the text.
    List<Problem> inOrder() {
        return found.stream().sorted(Comparator.comparing(Problem::place)).toList();
    }
}
