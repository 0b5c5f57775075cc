package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineAbortContract;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;

final class JvmAbortTest extends EngineAbortContract {
    private final Engine engine = new JvmEngine();
    private final ChangingCode code = new ChangingCode();

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected void disturb(CoreModule module, SplittableRandom random) {
        code.disturb(module, random);
    }

    @AfterEach
    void both_kinds_of_code_ran() {
        code.assertChanged();
    }
}
