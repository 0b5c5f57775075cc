package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineWiringContract;
import dev.wattle.host.engine.jvm.code.CodeOptions;

/// All code in tiny pieces, and all memories with cards.
final class JvmSplitWiringTest extends EngineWiringContract {
    private final Engine engine = new JvmEngine(
            JvmOptions.DEFAULTS.withCode(CodeOptions.SPLIT.eagerly()).withCards(JvmOptions.Cards.ALWAYS));

    @Override
    protected Engine engine() {
        return engine;
    }
}
