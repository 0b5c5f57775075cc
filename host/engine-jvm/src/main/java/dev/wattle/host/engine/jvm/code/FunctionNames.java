package dev.wattle.host.engine.jvm.code;

/// What functions are called, as names of JVM methods: a profiler shows them.
@FunctionalInterface
public interface FunctionNames {
    /// Longer ones say no more to a reader, and some languages' names have kilobytes.
    int MAX_LENGTH = 200;

    /// Those of a module that names nothing.
    FunctionNames NUMBERS = index -> "f" + index;

    /// Legal as the name of a JVM method, and not that of a method of our own.
    String methodName(int function);

    /// A name without what the JVM forbids in one; `f<n>` when nothing is left.
    static String legal(String name, int function) {
        var kept = new StringBuilder();
        for (int i = 0; i < name.length() && kept.length() < MAX_LENGTH; i++) {
            char next = name.charAt(i);
            kept.append(".;[/<>:".indexOf(next) >= 0 || Character.isSurrogate(next) ? '_' : next);
        }
        return kept.isEmpty() || RESERVED.contains(kept.toString()) ? "f" + function : kept.toString();
    }

    /// Methods that a function's class has anyway.
    java.util.Set<String> RESERVED = java.util.Set.of(
            "call",
            "bind",
            "resume",
            "drive",
            "getClass",
            "hashCode",
            "equals",
            "toString",
            "clone",
            "finalize",
            "wait",
            "notify",
            "notifyAll",
            "run");
}
