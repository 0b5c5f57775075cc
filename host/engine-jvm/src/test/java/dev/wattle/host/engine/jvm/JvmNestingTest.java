package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.EngineNestingContract;
import dev.wattle.host.engine.jvm.code.CodeOptions;

final class JvmNestingTest extends EngineNestingContract {
    JvmNestingTest() {
        super(new JvmEngine(), new JvmEngine(JvmOptions.DEFAULTS.withCode(CodeOptions.SPLIT)));
    }
}
