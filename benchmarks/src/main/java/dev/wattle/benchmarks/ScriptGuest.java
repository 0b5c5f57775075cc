package dev.wattle.benchmarks;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.wasi.WasiContext;
import dev.wattle.host.wasi.WasiImports;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A whole runtime of a language with a script inside (`benchmarks/guests/script.wit`), alive in one sandbox.
/// One thread.
final class ScriptGuest implements AutoCloseable {
    private final Sandbox sandbox;
    private final ComponentFunction work;
    private final ComponentFunction report;

    private ScriptGuest(Sandbox sandbox, ComponentInstance instance) {
        this.sandbox = sandbox;
        this.work = instance.function("work").orElseThrow();
        this.report = instance.function("report").orElseThrow();
    }

    /// Compiles and instantiates it, with WASI that grants nothing but clocks and randomness.
    static ScriptGuest load(Engine engine, Path file) throws IOException {
        var imports = new WasiImports(WasiContext.of("script"));
        var linked = Component.load(engine, Files.readAllBytes(file)).link(imports);
        var sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
        return new ScriptGuest(sandbox, linked.instantiate(sandbox));
    }

    long work(int times) {
        WitValue result = work.call(List.of(WitValue.of(times))).orElseThrow();
        return ((WitValue.Int) result).value();
    }

    String report(String orders) {
        WitValue result = report.call(List.of(WitValue.of(orders))).orElseThrow();
        return ((WitValue.Text) result).value();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
