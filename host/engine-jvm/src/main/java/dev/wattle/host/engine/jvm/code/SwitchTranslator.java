package dev.wattle.host.engine.jvm.code;

/// A branch by a number that is on the JVM's stack.
final class SwitchTranslator {
    private final NodeList code;

    SwitchTranslator(Translation translation) {
        this.code = translation.code;
    }

    /// @param targets the default last
    void emit(Target[] targets) {
        code.table(targets);
    }
}
