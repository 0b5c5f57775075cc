package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;

/// Instructions on vectors.
final class SimdTranslator {
    SimdTranslator(Translation translation, MemoryTranslator memory) {
        if (translation == null || memory == null) {
            throw new IllegalArgumentException("nothing to translate");
        }
    }

    void translate(Instruction instruction) {
        throw new UnsupportedOperationException("to come: " + instruction);
    }
}
