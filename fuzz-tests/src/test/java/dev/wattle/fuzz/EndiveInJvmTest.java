package dev.wattle.fuzz;

import dev.wattle.host.engine.EngineNestingContract;
import dev.wattle.host.engine.endive.EndiveEngine;
import dev.wattle.host.engine.jvm.JvmEngine;

/// A guest of Endive within one of ours.
final class EndiveInJvmTest extends EngineNestingContract {
    EndiveInJvmTest() {
        super(new JvmEngine(), new EndiveEngine());
    }
}
