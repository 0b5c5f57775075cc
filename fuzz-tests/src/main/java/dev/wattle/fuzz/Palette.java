package dev.wattle.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What generated functions can be made of, given what all compared engines have.
///
/// @param values the types that locals, parameters and results have
/// @param computing operators that touch no memory and never trap, by result
/// @param trapping those that can trap
record Palette(
        Set<Feature> features,
        List<Type> values,
        Map<Type, List<Operator>> computing,
        Map<Type, List<Operator>> trapping,
        Map<Type, List<Operator>> loads,
        List<Operator> stores) {
    static Palette of(Set<Feature> features) {
        var values = new ArrayList<>(Type.NUMBERS);
        // Numbers are what programs are made of.
        values.addAll(Type.NUMBERS);
        if (features.contains(Feature.SIMD)) {
            values.addAll(List.of(Type.V128, Type.V128, Type.V128, Type.V128));
        }
        if (features.contains(Feature.REFERENCES)) {
            values.add(Type.FUNCREF);
            values.add(Type.EXTERNREF);
        }
        if (features.contains(Feature.EXCEPTION_REFERENCES)) {
            values.add(Type.EXNREF);
        }
        return new Palette(
                features,
                List.copyOf(values),
                Operator.computing(operator -> allowed(operator, features) && !operator.traps()),
                Operator.computing(operator -> allowed(operator, features) && operator.traps()),
                Operator.loads(operator -> allowed(operator, features)),
                Operator.stores(operator -> allowed(operator, features)));
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    private static boolean allowed(Operator operator, Set<Feature> features) {
        return operator.feature().map(features::contains).orElse(true);
    }
}
