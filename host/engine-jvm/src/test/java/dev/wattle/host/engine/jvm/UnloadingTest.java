package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wasm;
import dev.wattle.testkit.Eventually;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Nothing of a module is left when nobody holds it.
final class UnloadingTest {
    private static final int[] I32 = {Wasm.I32};
    private static final int MODULES = 50;

    private final JvmEngine engine = new JvmEngine();

    /// Different from all others, with a type of its own.
    private static byte[] module(int number) {
        var wasm = new Wasm().memory(1, 2).exportMemory("memory").table(2, 2);
        int[] parameters = new int[number % 7 + 1];
        Arrays.fill(parameters, Wasm.I32);
        int type = wasm.type(parameters, I32);
        int function = wasm.function(type, localGet(0), i32(number), 0x6A);
        return wasm.elements(0, function)
                .exported("run", I32, I32, localGet(0), i32(number), 0x6A)
                .build();
    }

    private WeakReference<ClassLoader> use(int number) throws Throwable {
        CoreModule module = engine.compile(module(number));
        try (CoreInstance instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl())) {
            MethodHandle own = ((CoreExtern.Function) instance.export("run")).handle();
            assertThat((int) own.invokeExact(1)).isEqualTo(number + 1);
            assertThat((int) module.function("run").invokeExact(instance, 2)).isEqualTo(number + 2);
            return new WeakReference<>(
                    ((JvmInstance) instance).live().getClass().getClassLoader());
        }
    }

    @Test
    void the_classes_of_modules_that_nobody_holds_are_unloaded() throws Throwable {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < MODULES; i++) {
            loaders.add(use(i));
        }
        Eventually.within(20, TimeUnit.SECONDS, () -> {
            System.gc();
            assertThat(loaders).allMatch(loader -> loader.get() == null);
        });
    }

    @Test
    void the_same_binary_is_the_same_module_as_long_as_somebody_holds_it() {
        CoreModule first = engine.compile(module(1));
        assertThat(engine.compile(module(1))).isSameAs(first);
        assertThat(engine.compile(module(2))).isNotSameAs(first);
    }
}
