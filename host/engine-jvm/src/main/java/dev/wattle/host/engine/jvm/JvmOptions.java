package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import dev.wattle.host.engine.jvm.code.CompileLimits;
import java.nio.file.Path;
import java.util.Optional;

/// How the engine works.
///
/// @param limits of modules
/// @param code how their code is made; whether it marks cards is for `cards` to say
/// @param cards which modules mark the cards of their memories
/// @param budget for the memories and tables of all instances together, idle ones included
/// @param maxIdleBytes what idle memories may hold of it
/// @param compile what compiling may cost
/// @param ahead whether functions that will probably be called next are compiled in the background: not by default,
///     since on two processors it takes from the JVM's own compiler more than it gives (a large guest's first answer
///     came a tenth later)
/// @param classFolder where generated classes are kept between runs; its owner's alone
public record JvmOptions(
        ModuleLimits limits,
        CodeOptions code,
        Cards cards,
        MemoryBudget budget,
        long maxIdleBytes,
        CompileLimits compile,
        boolean ahead,
        Optional<Path> classFolder) {
    /// What all idle memories together may hold, as a part of the budget.
    private static final int IDLE_DIVISOR = 4;

    /// Which modules mark the cards of their memories, so that resetting one costs what was dirtied.
    public enum Cards {
        /// Those whose instances live so shortly that resetting all would be felt: see [ResetPolicy].
        MEASURED,
        ALWAYS,
        NEVER
    }

    /// With the budget that this process has for guests.
    public static final JvmOptions DEFAULTS = of(MemoryBudget.ofThisProcess());

    /// The defaults with another budget.
    public static JvmOptions of(MemoryBudget budget) {
        return new JvmOptions(
                ModuleLimits.DEFAULTS,
                CodeOptions.LAZY,
                Cards.MEASURED,
                budget,
                budget.limitBytes() / IDLE_DIVISOR,
                CompileLimits.DEFAULTS,
                false,
                Optional.empty());
    }

    public JvmOptions withCode(CodeOptions other) {
        return new JvmOptions(limits, other, cards, budget, maxIdleBytes, compile, ahead, classFolder);
    }

    public JvmOptions withCards(Cards other) {
        return new JvmOptions(limits, code, other, budget, maxIdleBytes, compile, ahead, classFolder);
    }

    public JvmOptions withCompile(CompileLimits other) {
        return new JvmOptions(limits, code, cards, budget, maxIdleBytes, other, ahead, classFolder);
    }

    public JvmOptions withAhead(boolean other) {
        return new JvmOptions(limits, code, cards, budget, maxIdleBytes, compile, other, classFolder);
    }

    /// Keeps generated classes there: see [dev.wattle.host.engine.jvm.store.ClassStore].
    public JvmOptions withClassFolder(Path other) {
        return new JvmOptions(limits, code, cards, budget, maxIdleBytes, compile, ahead, Optional.of(other));
    }
}
