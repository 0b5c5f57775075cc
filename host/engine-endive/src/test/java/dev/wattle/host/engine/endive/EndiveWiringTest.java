package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineWiringContract;
import java.util.Set;

/// It makes no code for wirings: what is wired is what it was.
final class EndiveWiringTest extends EngineWiringContract {
    private final Engine engine = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected Set<Feature> lacking() {
        return Set.of(Feature.TAGS_ACROSS_INSTANCES);
    }
}
