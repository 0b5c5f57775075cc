package dev.wattle.fuzz;

import dev.wattle.fuzz.Case.Call;
import dev.wattle.host.engine.jvm.binary.ModuleDecoder;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.Export;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cases whose modules `wasm-tools smith` makes.
final class Smith {
    private static final int SEED_BYTES = 8_000;
    private static final int MIN_SEED_BYTES = 500;
    private static final List<String> OPTIONS = List.of(
            "--ensure-termination",
            "--fuel=200",
            "--canonicalize-nans=true",
            "--export-everything=true",
            "--max-imports=0",
            "--max-memories=1",
            "--memory-max-size-required=true",
            "--max-memory32-bytes=262144",
            "--table-max-size-required=true",
            "--max-table-elements=50",
            "--generate-custom-sections=false",
            "--bulk-memory-enabled=true",
            "--multi-value-enabled=true",
            "--reference-types-enabled=true",
            "--saturating-float-to-int-enabled=true",
            "--sign-extension-ops-enabled=true",
            "--extended-const-enabled=false",
            "--exceptions-enabled=false",
            "--gc-enabled=false",
            "--memory64-enabled=false",
            "--threads-enabled=false",
            "--relaxed-simd-enabled=false",
            "--shared-everything-threads-enabled=false",
            "--custom-page-sizes-enabled=false",
            "--custom-descriptors-enabled=false",
            "--compact-imports-enabled=false",
            "--wide-arithmetic-enabled=false",
            "--allow-start-export=true");

    private Smith() {}

    /// A case of these features, of which only vectors and tail calls matter; nothing where the tool made none.
    static Optional<Case> generate(WasmTools tools, Gen gen, Profile profile) {
        var options = new ArrayList<>(OPTIONS);
        options.add("--simd-enabled=" + profile.features().contains(Feature.SIMD));
        options.add("--tail-call-enabled=" + profile.features().contains(Feature.TAIL_CALLS));
        byte[] seed = gen.bytes(SEED_BYTES);
        if (seed.length < MIN_SEED_BYTES) {
            return Optional.empty();
        }
        return tools.smith(seed, options).map(binary -> of(binary, gen));
    }

    /// Calls what a host can call, some times each.
    private static Case of(byte[] binary, Gen gen) {
        WasmModule module = ModuleDecoder.decode(binary.clone(), ModuleLimits.DEFAULTS);
        var calls = new ArrayList<Call>();
        var memories = new ArrayList<String>();
        var globals = new ArrayList<Case.Exported>();
        for (Export export : module.exports()) {
            if (export.kind() == ExternKind.FUNCTION) {
                var type = module.function(export.index());
                if (numbers(type.parameters()) && numbers(type.results())) {
                    List<Type> parameters =
                            type.parameters().stream().map(Smith::type).toList();
                    for (int i = gen.intBetween(1, 2); i > 0; i--) {
                        calls.add(new Call(
                                false,
                                export.name(),
                                parameters.stream()
                                        .map(parameter -> Case.argument(parameter, gen))
                                        .toList(),
                                type.results().stream().map(Smith::type).toList()));
                    }
                }
            } else if (export.kind() == ExternKind.MEMORY) {
                memories.add(export.name());
            } else if (export.kind() == ExternKind.GLOBAL) {
                var global = module.globals().get(export.index());
                if (numbers(List.of(global.type()))) {
                    globals.add(new Case.Exported(export.name(), type(global.type())));
                }
            }
        }
        return new Case(binary, calls, memories, globals);
    }

    private static boolean numbers(List<ValueType> types) {
        return types.stream().allMatch(ValueType.Number.class::isInstance)
                && types.stream().map(Smith::type).allMatch(Type.NUMBERS::contains);
    }

    private static Type type(ValueType type) {
        return Type.valueOf(type.toString().toUpperCase(java.util.Locale.ROOT));
    }
}
