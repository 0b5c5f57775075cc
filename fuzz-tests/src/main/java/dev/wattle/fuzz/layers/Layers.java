package dev.wattle.fuzz.layers;

import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// Compares the layers over many function types: with what arguments come out of memory and results go into it,
/// which traps end a call, what realloc was called with, what was counted, and which handles are left.
public final class Layers {
    /// Cases of one type: half of them call the host, half the guest. Making code takes as long as a thousand
    /// calls.
    public static final int CASES_PER_TYPE = 400;

    private static final int MAX_FINDINGS = 10;
    private static final int PLANTED_CASES = 20;
    private static final Comparison.Kind[] KINDS = Comparison.Kind.values();

    private final long seed;
    private final SortedMap<String, Long> endings = new TreeMap<>();
    private long cases;
    private long interpreted;

    public Layers(long seed) {
        this.seed = seed;
    }

    /// Runs so many cases, or until it shall stop.
    ///
    /// @param first the number of the first type: threads share a seed
    /// @param step from one type to the next
    /// @return what was found, each with the number of its type
    public List<String> run(long first, long step, long count, BooleanSupplier stop) {
        List<String> findings = new ArrayList<>();
        long target = cases + count;
        for (long number = first; cases < target && findings.size() < MAX_FINDINGS && !stop.getAsBoolean(); ) {
            type(number).ifPresent(findings::add);
            number += step;
        }
        return findings;
    }

    /// All cases of the type of that number; the first difference.
    public Optional<String> type(long number) {
        Gen gen = Gen.of(seed, number);
        Comparison comparison = new Comparison(gen, endings);
        if (!comparison.generated()) {
            interpreted++;
            return Optional.empty();
        }
        for (int index = 0; index < CASES_PER_TYPE; index++) {
            long each = gen.anyLong();
            cases++;
            Optional<String> found = comparison.run(KINDS[index % KINDS.length], each);
            if (found.isPresent()) {
                return found.map(text -> "the layers differ, seed %d, type %d: %s".formatted(seed, number, text));
            }
        }
        return Optional.empty();
    }

    /// Looks for a bug that was planted into the code of the type of that number: made for another type.
    Optional<String> planted(long number, UnaryOperator<WitType> bug) {
        Gen gen = Gen.of(seed, number);
        FunctionType type = Signatures.random(gen, Comparison.RESOURCES);
        return some(new Comparison(gen, endings, type, each -> Signatures.map(each, bug)), gen);
    }

    /// Compares the layers on that type; empty when no code is made for it.
    Optional<String> type(FunctionType type) {
        Gen gen = Gen.of(seed);
        return some(new Comparison(gen, endings, type, UnaryOperator.identity()), gen);
    }

    private static Optional<String> some(Comparison comparison, Gen gen) {
        Optional<String> found = Optional.empty();
        for (int index = 0; found.isEmpty() && index < PLANTED_CASES; index++) {
            found = comparison.run(index % 2 == 0 ? Comparison.Kind.LOWERED : Comparison.Kind.LIFTED, gen.anyLong());
        }
        return found;
    }

    /// How many cases were run.
    public long cases() {
        return cases;
    }

    /// How often calls ended in what way: by the words of a trap, say.
    public SortedMap<String, Long> endings() {
        return Collections.unmodifiableSortedMap(endings);
    }

    /// How many types no code is made for, in one direction at least.
    public long interpretedTypes() {
        return interpreted;
    }
}
