package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineBudgetContract;

final class EndiveBudgetTest extends EngineBudgetContract {
    private final Engine engine = new EndiveEngine(budget);

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected int bytesOfAnElement() {
        return 12;
    }
}
