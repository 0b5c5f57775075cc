package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.EngineNestingContract;

final class EndiveNestingTest extends EngineNestingContract {
    EndiveNestingTest() {
        super(new EndiveEngine(), new EndiveEngine());
    }
}
