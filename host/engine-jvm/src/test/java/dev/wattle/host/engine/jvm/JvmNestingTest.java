package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineNestingContract;
import dev.wattle.host.engine.jvm.code.CodeOptions;

final class JvmNestingTest extends EngineNestingContract {
    private final Engine engine = new JvmEngine();
    private final Engine inner = new JvmEngine(JvmOptions.DEFAULTS.withCode(CodeOptions.SPLIT));

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected Engine inner() {
        return inner;
    }
}
