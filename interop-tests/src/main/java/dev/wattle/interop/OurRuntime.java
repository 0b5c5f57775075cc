package dev.wattle.interop;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.ComponentType;
import dev.wattle.host.component.LinkedComponent;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.abi.GuestResource;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.wasi.WasiContext;
import dev.wattle.host.wasi.WasiImports;
import dev.wattle.wit.WitValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Our runtime with one guest: `host/component` on an engine, and WASI that grants nothing but clocks and
/// randomness.
final class OurRuntime implements Performer {
    private final TestHost host = new TestHost(new WasiImports(WasiContext.of("interop")));
    private final LinkedComponent linked;
    private final Map<String, WitValue> kept = new HashMap<>();
    private @Nullable Alive alive;

    private record Alive(Sandbox sandbox, ComponentInstance instance) {}

    OurRuntime(Engine engine, byte[] component) {
        linked = Component.load(engine, component).link(host);
    }

    ComponentType type() {
        return linked.type();
    }

    @Override
    public Outcome perform(Step step) {
        try {
            return switch (step) {
                case Step.Fresh _ -> {
                    close();
                    host.fresh();
                    instance();
                    // What a guest asks on its way up is its own affair.
                    host.log().take();
                    yield Outcome.of(host.log().take());
                }
                case Step.Call call -> call(call);
                case Step.Drop(var name) -> {
                    if (!(kept.remove(name) instanceof WitValue.Resource resource)) {
                        yield Outcome.impossible(host.log().take());
                    }
                    ((GuestResource) resource.representation()).drop();
                    yield Outcome.of(host.log().take());
                }
            };
        } catch (Trap trap) {
            close();
            return Outcome.trap(host.log().take(), trap.kind() + ": " + trap.getMessage());
        }
    }

    private Outcome call(Step.Call call) {
        host.answerWith(call.answer());
        Optional<List<WitValue>> arguments = Resources.replaced(call.arguments(), kept);
        if (arguments.isEmpty()) {
            return Outcome.impossible(host.log().take());
        }
        Optional<WitValue> result = function(call).call(arguments.get());
        Resources.keep(result, call.keep(), kept);
        return Rules.end(host.log().take(), result, call.type());
    }

    private ComponentFunction function(Step.Call call) {
        Optional<ComponentFunction> found = call.interfaceName().isEmpty()
                ? instance().function(call.function())
                : instance().function(call.interfaceName(), call.function());
        return found.orElseThrow(
                () -> new IllegalArgumentException(call.interfaceName() + "#" + call.function() + " is not exported"));
    }

    private ComponentInstance instance() {
        if (alive == null) {
            Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
            alive = new Alive(sandbox, linked.instantiate(sandbox));
        }
        return alive.instance();
    }

    @Override
    public double nanosPerCall(Step.Call call, int times) {
        host.answerWith(call.answer());
        host.logging(false);
        try {
            ComponentFunction function = function(call);
            long begin = System.nanoTime();
            for (int i = 0; i < times; i++) {
                function.call(call.arguments());
            }
            return (double) (System.nanoTime() - begin) / times;
        } catch (Trap trapped) {
            close();
            return Double.NaN;
        } finally {
            host.logging(true);
        }
    }

    @Override
    public void close() {
        kept.clear();
        if (alive != null) {
            alive.sandbox().close();
            alive = null;
        }
    }
}
