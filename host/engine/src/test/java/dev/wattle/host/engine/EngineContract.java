package dev.wattle.host.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Set;

/// What a test of an engine needs: an engine, and short ways to make instances and to call them. The contract
/// itself is in [EngineSemanticsContract], [EngineFeaturesContract], [EngineLinkingContract], [EngineNestingContract],
/// [EngineWiringContract], [EngineIsolationContract], [EngineAbortContract], [EngineRealGuestContract],
/// [EngineClosingContract], [EngineBudgetContract], [EngineInterruptionContract] and [EngineStackContract].
///
/// Bugs that engines have had are guarded against by name:
/// * a table that one instance grew was grown for the next:
///   [EngineIsolationContract#a_table_that_one_tenant_grew_is_not_grown_for_the_next];
/// * a module that imports a memory overwrote its owner's passive segments:
///   [EngineLinkingContract#a_module_that_imports_a_memory_keeps_its_hands_off_the_owners_passive_segments];
/// * a function passed to another instance became another function:
///   [EngineFeaturesContract#a_function_that_is_passed_to_another_instance_is_the_one_that_is_called_there];
/// * a call through another module's table did not check the type:
///   [EngineLinkingContract#a_shim_calls_what_a_fixup_puts_into_its_table];
/// * what an engine lacks was accepted, or refused without a name:
///   [EngineLinkingContract#what_is_not_supported_is_refused_by_name].
public abstract class EngineContract {
    protected static final int[] NONE = {};
    protected static final int[] I32 = {Wasm.I32};
    protected static final int[] I32_I32 = {Wasm.I32, Wasm.I32};
    protected static final int[] I64 = {Wasm.I64};

    /// What one test instantiates lives in one sandbox, unless it says otherwise.
    protected final GuestControl sandbox = new GuestControl();

    /// The engine under test; the same one within a test.
    protected abstract Engine engine();

    /// What an engine may lack, as long as it says so when it is given such a module.
    protected enum Feature {
        SEVERAL_MEMORIES,
        TAGS_ACROSS_INSTANCES,
        REFERENCES_ACROSS_INSTANCES
    }

    /// What this engine lacks.
    protected Set<Feature> lacking() {
        return Set.of();
    }

    /// True when the engine lacks it and refused that module for it; a failure when it lacks it and did not.
    protected boolean refuses(Feature feature, Wasm module) {
        if (!lacking().contains(feature)) {
            return false;
        }
        assertThatThrownBy(() -> engine().compile(module.build()))
                .isInstanceOfSatisfying(
                        ModuleException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ModuleException.Code.UNSUPPORTED));
        return true;
    }

    protected CoreInstance instance(Wasm module, CoreExtern... imports) {
        return instance(module, CoreLimits.DEFAULTS, imports);
    }

    protected CoreInstance instance(Wasm module, CoreLimits limits, CoreExtern... imports) {
        return engine().compile(module.build()).instantiate(List.of(imports), limits, sandbox);
    }

    protected static MethodHandle function(CoreInstance instance, String name) {
        return ((CoreExtern.Function) instance.export(name)).handle();
    }

    protected static GuestMemory memory(CoreInstance instance) {
        return ((CoreExtern.Memory) instance.export("memory")).bytes();
    }

    protected static Object call(CoreInstance instance, String name, Object... arguments) {
        try {
            return function(instance, name).invokeWithArguments(arguments);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    protected static Trap trapOf(CoreInstance instance, String name, Object... arguments) {
        Throwable failure = catchThrowable(() -> call(instance, name, arguments));
        assertThat(failure).isInstanceOf(Trap.class);
        return (Trap) failure;
    }

    protected static void assertTraps(Trap.Kind kind, CoreInstance instance, String name, Object... arguments) {
        assertThat(trapOf(instance, name, arguments).kind()).isEqualTo(kind);
    }
}
