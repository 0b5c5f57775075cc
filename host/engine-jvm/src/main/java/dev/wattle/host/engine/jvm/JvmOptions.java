package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.code.CodeOptions;

/// How the engine works.
///
/// @param limits of modules
/// @param code how their code is made; whether it marks cards is for `cards` to say
/// @param cards which modules mark the cards of their memories
/// @param budget for the memories and tables of all instances together, idle ones included
/// @param maxIdleBytes what idle memories may hold of it
public record JvmOptions(ModuleLimits limits, CodeOptions code, Cards cards, MemoryBudget budget, long maxIdleBytes) {
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
                ModuleLimits.DEFAULTS, CodeOptions.LAZY, Cards.MEASURED, budget, budget.limitBytes() / IDLE_DIVISOR);
    }

    public JvmOptions withCode(CodeOptions other) {
        return new JvmOptions(limits, other, cards, budget, maxIdleBytes);
    }

    public JvmOptions withCards(Cards other) {
        return new JvmOptions(limits, code, other, budget, maxIdleBytes);
    }
}
