package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineBudgetContract;

final class JvmBudgetTest extends EngineBudgetContract {
    private final Engine engine = new JvmEngine(JvmOptions.of(budget));

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected int bytesOfAnElement() {
        return 8;
    }
}
