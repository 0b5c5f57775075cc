package dev.wattle.spec;

import dev.wattle.host.component.Layer;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import java.nio.file.Path;

/// The reference suite of the Component Model, or any other scripts about components, against one engine.
final class ComponentSuite {
    private static final String UNFINISHED = "unfinished-components.txt";

    private ComponentSuite() {}

    /// @param layer of the canonical ABI that answers calls
    /// @param home the checkout: conversions are kept in its `.wattle`
    static SuiteRun of(Engine engine, Layer layer, Path home, WasmTools tools) {
        var spectest = new Spectest(engine);
        return new SuiteRun(
                new ScriptFolder(home, tools),
                script -> new MixedSession(
                        script,
                        new CoreSession(engine, spectest, script.folder(), new GuestControl()),
                        new ComponentSession(engine, layer, script.folder())),
                unfinished());
    }

    /// What does not pass yet.
    static Unfinished unfinished() {
        return Unfinished.ofResource(UNFINISHED);
    }
}
