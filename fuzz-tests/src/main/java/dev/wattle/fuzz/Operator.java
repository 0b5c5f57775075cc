package dev.wattle.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An instruction that pops values and pushes one or none: a line of `operators.txt`.
///
/// @param opcode its byte, or prefix and number as [Expression] wants them
/// @param nan how a NaN among its results has to be made equal on all engines
/// @param bytes how much memory it touches; 0 for none
/// @param lanes how many lanes its immediate can name; 0 without such an immediate
/// @param feature what it needs
record Operator(
        int opcode,
        String name,
        List<Type> operands,
        List<Type> results,
        Nan nan,
        boolean traps,
        int bytes,
        int lanes,
        boolean shuffles,
        java.util.Optional<Feature> feature) {
    /// What has to be done about a NaN.
    enum Nan {
        NEVER,
        SCALAR,
        F32X4,
        F64X2
    }

    private static final String LANES = "lanes=";
    private static final String MEMORY = "memory=";

    static final List<Operator> ALL = read();
    private static final Map<String, Operator> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Operator::name, Function.identity()));

    /// Those that touch no memory, by the type that they push.
    static Map<Type, List<Operator>> computing(Function<Operator, Boolean> wanted) {
        return byResult(operator -> operator.bytes == 0 && wanted.apply(operator));
    }

    /// Loads, by the type that they push.
    static Map<Type, List<Operator>> loads(Function<Operator, Boolean> wanted) {
        return byResult(operator -> operator.bytes > 0 && wanted.apply(operator));
    }

    static List<Operator> stores(Function<Operator, Boolean> wanted) {
        return ALL.stream()
                .filter(operator -> operator.results.isEmpty() && wanted.apply(operator))
                .toList();
    }

    static Operator named(String name) {
        Operator found = BY_NAME.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no operator " + name);
        }
        return found;
    }

    private static Map<Type, List<Operator>> byResult(Function<Operator, Boolean> wanted) {
        return ALL.stream()
                .filter(operator -> !operator.results.isEmpty() && wanted.apply(operator))
                .collect(Collectors.groupingBy(
                        operator -> operator.results.getFirst(), () -> new EnumMap<>(Type.class), Collectors.toList()));
    }

    private static List<Operator> read() {
        try (InputStream in = Operator.class.getResourceAsStream("operators.txt")) {
            if (in == null) {
                throw new IllegalStateException("operators.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Operator::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("operators.txt cannot be read", e);
        }
    }

    private static Operator parse(String line) {
        var words = List.of(line.split(" "));
        var traits = words.subList(4, words.size());
        List<Type> results = types(words.get(3));
        return new Operator(
                Integer.parseInt(words.get(0), 16),
                words.get(1),
                types(words.get(2)),
                results,
                nan(traits),
                traits.contains("traps"),
                number(traits, MEMORY),
                number(traits, LANES),
                traits.contains("shuffle"),
                Arrays.stream(Feature.values())
                        .filter(feature -> traits.contains(feature.name()))
                        .findFirst());
    }

    private static Nan nan(List<String> traits) {
        if (traits.contains("nan=f32x4")) {
            return Nan.F32X4;
        }
        if (traits.contains("nan=f64x2")) {
            return Nan.F64X2;
        }
        return traits.contains("nan") ? Nan.SCALAR : Nan.NEVER;
    }

    private static int number(List<String> traits, String prefix) {
        return traits.stream()
                .filter(trait -> trait.startsWith(prefix))
                .mapToInt(trait -> Integer.parseInt(trait.substring(prefix.length())))
                .findFirst()
                .orElse(0);
    }

    private static List<Type> types(String letters) {
        return letters.equals("-")
                ? List.of()
                : letters.chars().mapToObj(Type::of).toList();
    }
}
