package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineRealGuestContract;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;

final class JvmRealGuestTest extends EngineRealGuestContract {
    private final ChangingEngine changing = new ChangingEngine();

    @Override
    protected Engine engine() {
        return changing.engine();
    }

    @Override
    protected void disturb(CoreModule module, SplittableRandom random) {
        changing.disturb(module, random);
    }

    @AfterEach
    void nothing_is_left() {
        changing.assertChangedAndNothingLeft();
    }
}
