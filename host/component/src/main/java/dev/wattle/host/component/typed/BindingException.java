package dev.wattle.host.component.typed;

import java.util.List;

/// A Java type does not fit the WIT type that it is to stand for. Names everything that differs.
public final class BindingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    BindingException(String what, List<String> problems) {
        super(what + " does not fit:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /// Each of them, with the way to it.
    public List<String> problems() {
        return problems;
    }
}
