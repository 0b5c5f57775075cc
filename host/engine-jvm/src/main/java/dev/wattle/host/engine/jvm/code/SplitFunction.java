package dev.wattle.host.engine.jvm.code;

import java.lang.classfile.ClassBuilder;

/// A function that is cut into chunks.
final class SplitFunction {
    private final Translation translation;
    private final GeneratedClasses classes;

    SplitFunction(Translation translation, GeneratedClasses classes) {
        this.translation = translation;
        this.classes = classes;
    }

    void add(ClassBuilder type) {
        throw new UnsupportedOperationException("to come: " + translation + classes + type);
    }
}
