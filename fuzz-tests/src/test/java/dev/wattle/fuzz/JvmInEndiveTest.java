package dev.wattle.fuzz;

import dev.wattle.host.engine.EngineNestingContract;
import dev.wattle.host.engine.endive.EndiveEngine;
import dev.wattle.host.engine.jvm.JvmEngine;

/// A guest of ours within one of Endive.
final class JvmInEndiveTest extends EngineNestingContract {
    JvmInEndiveTest() {
        super(new EndiveEngine(), new JvmEngine());
    }
}
