package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineFeaturesContract;
import java.util.Set;

final class EndiveFeaturesTest extends EngineFeaturesContract {
    private final Engine engine = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected Set<Feature> lacking() {
        return Set.of(Feature.SEVERAL_MEMORIES, Feature.TAGS_ACROSS_INSTANCES, Feature.REFERENCES_ACROSS_INSTANCES);
    }
}
