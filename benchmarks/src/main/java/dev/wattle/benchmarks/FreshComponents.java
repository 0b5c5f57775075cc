package dev.wattle.benchmarks;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.component.LinkedComponent;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.FunctionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A sandbox with one instance of a component, beside its core modules alone, whose imports are stubs.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets what has parameters, and calls what is marked to set up
public class FreshComponents {
    /// `small` is of C and has one page, `calculator` is of Rust and has imports that it does not use, `gateway`
    /// answers HTTP.
    @Param({"small", "calculator", "gateway"})
    public String guest;

    private CoreParts parts;
    private LinkedComponent linked;

    static byte[] bytes(String guest) throws IOException {
        Path home = Path.of(System.getProperty("wattle.home", "."));
        return guest.equals("small")
                ? ComponentCalls.bytes(guest)
                : Files.readAllBytes(home.resolve("components/prebuilt/" + guest + ".wasm"));
    }

    /// WASI, and functions that nobody calls for what else it imports.
    static ImportSource imports(String guest) {
        ImportSource wasi = LocalHost.imports(guest, Map.of());
        return name -> wasi.interfaceFor(name).or(() -> Optional.of(new Stubs()));
    }

    private record Stubs() implements HostInterface {
        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return Optional.of((_, _) -> Optional.empty());
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return Optional.empty();
        }
    }

    /// Loads both.
    @Setup(Level.Trial)
    public void load() throws IOException {
        Engine engine = Engines.create();
        byte[] binary = bytes(guest);
        parts = CoreParts.of(engine, binary, CoreLimits.DEFAULTS, Map.of());
        linked = Component.load(engine, binary).link(imports(guest));
    }

    /// The core modules.
    @Benchmark
    public Object bare() {
        try (var instances = parts.instantiate(new GuestControl())) {
            return instances;
        }
    }

    /// The component.
    @Benchmark
    public ComponentInstance component() {
        try (var sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
            return linked.instantiate(sandbox);
        }
    }
}
