package dev.wattle.host.component.typed;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Conversions of records and tuples, both to Java records.
final class Records {
    /// A field: where it stands in the WIT value and in the Java record.
    private record Part(int component, Conversion conversion) {}

    /// By names: each has the same.
    static Conversion record(Conversions conversions, WitType.RecordType type, Type java, Problems problems) {
        Class<?> raw = JavaTypes.raw(java);
        if (!raw.isRecord()) {
            return problems.mismatch(type, java, "a Java record");
        }
        List<String> labels = type.fields().stream().map(WitType.Field::name).toList();
        RecordComponent[] components = raw.getRecordComponents();
        Integer[] componentOf = new Integer[labels.size()];
        for (int index = 0; index < components.length; index++) {
            String name = components[index].getName();
            Optional<String> label = Names.find(components[index], name, labels);
            if (label.isEmpty()) {
                problems.add("the Java record %s has '%s', which the WIT record has not; its fields are %s"
                        .formatted(raw.getSimpleName(), name, String.join(", ", labels)));
            } else {
                componentOf[labels.indexOf(label.get())] = index;
            }
        }
        List<Part> parts = new ArrayList<>();
        for (int index = 0; index < labels.size(); index++) {
            @Nullable Integer component = componentOf[index];
            if (component == null) {
                problems.add(
                        "the Java record %s lacks the field '%s'".formatted(raw.getSimpleName(), labels.get(index)));
            } else {
                Conversion conversion = conversions.of(
                        type.fields().get(index).type(),
                        components[component].getGenericType(),
                        problems.inside("." + labels.get(index)));
                parts.add(new Part(component, conversion));
            }
        }
        return problems.found() ? problems.never() : conversion(raw, parts, false);
    }

    /// By order: a tuple has no names.
    static Conversion tuple(Conversions conversions, WitType.TupleType type, Type java, Problems problems) {
        Class<?> raw = JavaTypes.raw(java);
        if (!raw.isRecord() || raw.getRecordComponents().length != type.types().size()) {
            return problems.mismatch(
                    type,
                    java,
                    "a Java record with %d components".formatted(type.types().size()));
        }
        List<Part> parts = new ArrayList<>();
        for (int index = 0; index < type.types().size(); index++) {
            Conversion conversion = conversions.of(
                    type.types().get(index),
                    raw.getRecordComponents()[index].getGenericType(),
                    problems.inside("." + index));
            parts.add(new Part(index, conversion));
        }
        return problems.found() ? problems.never() : conversion(raw, parts, true);
    }

    private static Conversion conversion(Class<?> raw, List<Part> parts, boolean tuple) {
        RecordShape shape = RecordShape.of(raw);
        return Conversion.of(
                value -> {
                    List<WitValue> fields = new ArrayList<>(parts.size());
                    for (Part part : parts) {
                        fields.add(part.conversion().toWit(shape.component(value, part.component())));
                    }
                    return tuple ? new WitValue.TupleValue(fields) : new WitValue.RecordValue(fields);
                },
                value -> {
                    List<WitValue> fields = value instanceof WitValue.TupleValue(var elements)
                            ? elements
                            : ((WitValue.RecordValue) value).fields();
                    @Nullable Object[] components = new @Nullable Object[parts.size()];
                    for (int index = 0; index < parts.size(); index++) {
                        Part part = parts.get(index);
                        components[part.component()] = part.conversion().toJava(fields.get(index));
                    }
                    return shape.create(components);
                });
    }

    private Records() {}
}
