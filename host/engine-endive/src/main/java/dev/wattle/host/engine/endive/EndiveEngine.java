package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.ModuleException.Code;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.Compiler;
import run.endive.compiler.internal.CompilerResult;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.Machine;
import run.endive.wasm.MalformedException;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;

/// Core WebAssembly by Endive's compiler to JVM classes, with memories and tables of our own.
///
/// Each engine has a pool of memories; one per process is meant. What it refuses is in [ModuleChecks].
public final class EndiveEngine implements Engine {
    private static final MethodType MACHINE = MethodType.methodType(Machine.class, Instance.class);

    /// The flags of limits with 64-bit addresses, as Endive's parser complains of them.
    private static final Pattern SIXTY_FOUR_BITS = Pattern.compile("invalid (memory|table) limit: [4-7]");

    private final MemoryPool pool;
    private final boolean interpreting;
    private final String name;
    private final Signatures signatures = new Signatures();

    /// With the budget that this process has for guests.
    public EndiveEngine() {
        this(MemoryBudget.ofThisProcess());
    }

    /// @param budget for the memories and tables of all instances together, and for the pool
    public EndiveEngine(MemoryBudget budget) {
        this("endive", new MemoryPool(budget), false);
    }

    private EndiveEngine(String name, MemoryPool pool, boolean interpreting) {
        this.name = name;
        this.pool = pool;
        this.interpreting = interpreting;
    }

    /// Endive's interpreter instead of its compiler: slow, and a second opinion for tests.
    static EndiveEngine interpreter() {
        return new EndiveEngine("endive-interpreter", new MemoryPool(MemoryBudget.ofThisProcess()), true);
    }

    /// With a new array for each memory: for benchmarks, beside engines that keep theirs.
    static EndiveEngine unpooled() {
        return new EndiveEngine("endive-unpooled", MemoryPool.keepingNothing(MemoryBudget.ofThisProcess()), false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean polls() {
        return false;
    }

    @Override
    public CoreModule compile(byte[] binary) {
        try {
            WasmModule parsed = Parser.parse(binary.clone());
            ModuleChecks.check(parsed);
            WasmModule numbered = NumberedImports.of(parsed);
            return interpreting ? interpreted(parsed, numbered) : compiled(parsed, numbered);
        } catch (ModuleException refused) {
            throw refused;
        } catch (MalformedException malformed) {
            throw ofMalformed(malformed);
        } catch (RuntimeException invalid) {
            throw new ModuleException(Code.INVALID, "invalid module: " + invalid.getMessage(), invalid);
        } catch (StackOverflowError deep) {
            throw new ModuleException(Code.UNSUPPORTED, "the module is nested too deeply to be compiled", deep);
        }
    }

    private CoreModule compiled(WasmModule parsed, WasmModule numbered) {
        CompilerResult result = Compiler.builder(numbered)
                .withInterpreterFallback(InterpreterFallback.SILENT)
                .withClassCollectorFactory(GeneratedClasses::new)
                .build()
                .compile();
        var classes = (GeneratedClasses) result.collector();
        Set<Integer> interpreted = new TreeSet<>(result.interpretedFunctions());
        ModuleChecks.checkInterpreted(numbered, interpreted);
        return new EndiveModule(
                parsed,
                numbered,
                machines(classes.define(numbered.typeSection().types())),
                interpreted,
                interpreted.stream().map(index -> note(parsed, index)).toList(),
                signatures,
                pool);
    }

    private CoreModule interpreted(WasmModule parsed, WasmModule numbered) {
        int imported = numbered.importSection().count(ExternalType.FUNCTION);
        Set<Integer> functions = IntStream.range(0, numbered.codeSection().functionBodyCount())
                .mapToObj(index -> imported + index)
                .collect(Collectors.toSet());
        ModuleChecks.checkInterpreted(numbered, functions);
        return new EndiveModule(parsed, numbered, InterpreterMachine::new, functions, List.of(), signatures, pool);
    }

    private static Function<Instance, Machine> machines(Class<?> machineClass) {
        try {
            MethodHandle constructor = MethodHandles.publicLookup()
                    .findConstructor(machineClass, MethodType.methodType(void.class, Instance.class))
                    .asType(MACHINE);
            return instance -> {
                try {
                    return (Machine) constructor.invokeExact(instance);
                } catch (Throwable e) {
                    throw new IllegalStateException("the generated machine cannot be made", e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated machine has no constructor", e);
        }
    }

    private static String note(WasmModule module, int function) {
        String name = module.nameSection() == null ? null : module.nameSection().nameOfFunction(function);
        return "function " + function + (name == null ? "" : " (" + name + ")")
                + " is too large for the JVM and is interpreted: slow";
    }

    private static ModuleException ofMalformed(MalformedException malformed) {
        String message = String.valueOf(malformed.getMessage());
        if (SIXTY_FOUR_BITS.matcher(message).find()) {
            return new ModuleException(Code.UNSUPPORTED, "memory64 is not supported", malformed);
        }
        return new ModuleException(
                Code.MALFORMED,
                "malformed module, or one with instructions that are not supported (such as relaxed SIMD or wide"
                        + " arithmetic): " + message,
                malformed);
    }
}
