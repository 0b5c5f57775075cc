package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.ModuleException.Code;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.Compiler;
import run.endive.compiler.internal.CompilerResult;
import run.endive.wasm.MalformedException;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/// Core WebAssembly by Endive's compiler to JVM classes, with memories and tables of our own.
///
/// Each engine has a pool of memories; one per process is meant. What it refuses is in [ModuleChecks].
public final class EndiveEngine implements Engine {
    /// The flags of limits with 64-bit addresses, as Endive's parser complains of them.
    private static final Pattern SIXTY_FOUR_BITS = Pattern.compile("invalid (memory|table) limit: [4-7]");

    private final MemoryPool pool;
    private final Signatures signatures = new Signatures();

    /// With the budget that this process has for guests.
    public EndiveEngine() {
        this(MemoryBudget.ofThisProcess());
    }

    /// @param budget for the memories and tables of all instances together, and for the pool
    public EndiveEngine(MemoryBudget budget) {
        this.pool = new MemoryPool(budget);
    }

    @Override
    public String name() {
        return "endive";
    }

    @Override
    public CoreModule compile(byte[] binary) {
        try {
            WasmModule parsed = Parser.parse(binary.clone());
            ModuleChecks.check(parsed);
            WasmModule numbered = NumberedImports.of(parsed);
            CompilerResult result = Compiler.builder(numbered)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .withClassCollectorFactory(GeneratedClasses::new)
                    .build()
                    .compile();
            var classes = (GeneratedClasses) result.collector();
            Set<Integer> interpreted = new TreeSet<>(result.interpretedFunctions());
            ModuleChecks.checkInterpreted(numbered, interpreted);
            return new EndiveModule(
                    parsed, numbered, classes.define(numbered.typeSection().types()), interpreted, signatures, pool);
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
