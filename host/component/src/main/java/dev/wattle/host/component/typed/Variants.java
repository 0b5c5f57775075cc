package dev.wattle.host.component.typed;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Conversions of variants, enums and flags.
final class Variants {
    /// A case: the Java record that stands for it.
    private record JavaCase(String label, RecordShape shape, Optional<Conversion> payload) {}

    static Conversion variant(Conversions conversions, WitType.VariantType type, Type java, Problems problems) {
        Class<?> raw = JavaTypes.raw(java);
        if (!raw.isSealed()) {
            return problems.mismatch(type, java, "a sealed interface of records");
        }
        Map<String, WitType.Case> cases = new LinkedHashMap<>();
        type.cases().forEach(each -> cases.put(each.name(), each));
        Map<Class<?>, JavaCase> byClass = new HashMap<>();
        Map<String, JavaCase> byLabel = new HashMap<>();
        for (Class<?> permitted : raw.getPermittedSubclasses()) {
            Optional<String> label = Names.find(permitted, permitted.getSimpleName(), cases.keySet());
            if (label.isEmpty()) {
                problems.add("the Java type %s has '%s', which the variant has not; its cases are %s"
                        .formatted(raw.getSimpleName(), permitted.getSimpleName(), String.join(", ", cases.keySet())));
            } else {
                WitType.Case found = known(cases.get(label.get()), label.get());
                Problems inside = problems.inside("." + label.get());
                javaCase(conversions, found, permitted, inside).ifPresent(made -> {
                    byClass.put(permitted, made);
                    byLabel.put(made.label(), made);
                });
            }
        }
        cases.keySet().stream()
                .filter(label -> !byLabel.containsKey(label))
                .forEach(label -> problems.add("the Java type %s lacks a fitting record for the case '%s'"
                        .formatted(raw.getSimpleName(), label)));
        return problems.found() ? problems.never() : variant(byClass, byLabel);
    }

    private static Optional<JavaCase> javaCase(
            Conversions conversions, WitType.Case found, Class<?> permitted, Problems problems) {
        RecordComponent[] components = permitted.isRecord() ? permitted.getRecordComponents() : null;
        int wanted = found.payload().isPresent() ? 1 : 0;
        if (components == null || components.length != wanted) {
            problems.add("%s must be a record with %s"
                    .formatted(
                            permitted.getSimpleName(), wanted == 0 ? "no component" : "the payload as its component"));
            return Optional.empty();
        }
        Optional<Conversion> payload =
                found.payload().map(type -> conversions.of(type, components[0].getGenericType(), problems));
        return Optional.of(new JavaCase(found.name(), RecordShape.of(permitted), payload));
    }

    private static Conversion variant(Map<Class<?>, JavaCase> byClass, Map<String, JavaCase> byLabel) {
        return Conversion.of(
                value -> {
                    JavaCase found = known(byClass.get(value.getClass()), value);
                    return new WitValue.VariantValue(
                            found.label(),
                            found.payload().map(each -> each.toWit(found.shape().component(value, 0))));
                },
                value -> {
                    WitValue.VariantValue variant = (WitValue.VariantValue) value;
                    JavaCase found = known(byLabel.get(variant.name()), variant.name());
                    @Nullable
                    Object[] components = found.payload().isPresent()
                            ? new @Nullable Object[] {
                                found.payload().get().toJava(variant.payload().orElseThrow())
                            }
                            : new @Nullable Object[0];
                    return found.shape().create(components);
                });
    }

    private static <T> T known(@Nullable T found, Object value) {
        if (found == null) {
            throw new IllegalArgumentException("no case of the variant: " + value);
        }
        return found;
    }

    static Conversion enumeration(WitType type, List<String> cases, Type java, Problems problems) {
        return constants(type, cases, java, problems)
                .map(constants -> Conversion.of(
                        value -> new WitValue.EnumValue(constants.label(value)),
                        value -> constants.constant(((WitValue.EnumValue) value).name())))
                .orElseGet(problems::never);
    }

    static Conversion flags(WitType type, List<String> labels, Type java, Problems problems) {
        Optional<Type> element = JavaTypes.argument(java, 0);
        if (JavaTypes.raw(java) != Set.class || element.isEmpty()) {
            return problems.mismatch(type, java, "Set of an enum");
        }
        return constants(type, labels, element.get(), problems)
                .map(constants -> Conversion.of(
                        value -> new WitValue.FlagsValue(((Collection<?>) value)
                                .stream().map(constants::label).collect(Collectors.toCollection(TreeSet::new))),
                        value -> constants.subset(((WitValue.FlagsValue) value).labels())))
                .orElseGet(problems::never);
    }

    /// The constants of a Java enum and the labels they stand for.
    private record Constants(Map<String, Object> byLabel, Map<Object, String> labels) {
        String label(@Nullable Object constant) {
            return known(labels.get(constant), String.valueOf(constant));
        }

        Object constant(String label) {
            return known(byLabel.get(label), label);
        }

        /// In the order of WIT's labels.
        Set<Object> subset(Collection<String> set) {
            return byLabel.entrySet().stream()
                    .filter(entry -> set.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.collectingAndThen(
                            Collectors.toCollection(java.util.LinkedHashSet::new), Collections::unmodifiableSet));
        }
    }

    private static Optional<Constants> constants(WitType type, List<String> labels, Type java, Problems problems) {
        Class<?> raw = JavaTypes.raw(java);
        if (!raw.isEnum()) {
            Conversion _ = problems.mismatch(type, java, "an enum");
            return Optional.empty();
        }
        Map<Object, String> labelOf = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (Object constant : raw.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            field(raw, name, labels).ifPresentOrElse(label -> labelOf.put(constant, label), () -> unknown.add(name));
        }
        List<String> missing =
                labels.stream().filter(label -> !labelOf.containsValue(label)).toList();
        if (!unknown.isEmpty()) {
            problems.add("the Java enum %s has %s, which WIT has not; its labels are %s"
                    .formatted(raw.getSimpleName(), String.join(", ", unknown), String.join(", ", labels)));
        }
        if (!missing.isEmpty()) {
            problems.add("the Java enum %s lacks %s".formatted(raw.getSimpleName(), String.join(", ", missing)));
        }
        Map<String, Object> byLabel = new LinkedHashMap<>();
        labels.forEach(label -> labelOf.forEach((constant, found) -> {
            if (found.equals(label)) {
                byLabel.put(label, constant);
            }
        }));
        return problems.found() ? Optional.empty() : Optional.of(new Constants(byLabel, labelOf));
    }

    private static Optional<String> field(Class<?> raw, String name, List<String> labels) {
        try {
            return Names.find(raw.getField(name), name, labels);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("an enum without its constant: " + name, e);
        }
    }

    private Variants() {}
}
