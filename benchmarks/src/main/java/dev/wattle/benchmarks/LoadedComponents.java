package dev.wattle.benchmarks;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// From a component's bytes to an instance, in a process that has loaded nothing before. Whether there is a code cache,
/// and what is in it, is a matter of the process.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets what has parameters, and calls what is marked to set up
public class LoadedComponents {
    @Param({"calculator", "gateway"})
    public String guest;

    private byte[] binary;
    private Engine engine;

    /// Reads it.
    @Setup(Level.Trial)
    public void read() throws IOException {
        binary = FreshComponents.bytes(guest);
        engine = Engines.create();
    }

    /// Loads it.
    @Benchmark
    public ComponentInstance load() {
        Component component = Component.load(engine, binary);
        try (var sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
            return component.link(FreshComponents.imports(guest)).instantiate(sandbox);
        }
    }
}
