package dev.wattle.spec;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import java.nio.file.Path;

/// The core suite against one engine.
final class CoreSuite {
    private static final String NOT_YET = "not-yet.txt";

    private CoreSuite() {}

    /// @param home the checkout: conversions are kept in its `.wattle`
    static SuiteRun of(Engine engine, Path home, WasmTools tools) {
        var spectest = new Spectest(engine);
        return new SuiteRun(
                new ScriptFolder(home, tools),
                script -> new CoreSession(engine, spectest, script.folder(), new GuestControl()),
                NotYet.ofResource(NOT_YET));
    }
}
