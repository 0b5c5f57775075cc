package dev.wattle.host.component.typed;

import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;

/// Conversions of lists and maps.
final class Lists {
    private static final Set<Class<?>> LISTS = Set.of(List.class, Collection.class, SequencedCollection.class);
    private static final Set<Class<?>> MAPS = Set.of(Map.class, SequencedMap.class);

    static Conversion of(Conversions conversions, WitType type, WitType element, Type java, Problems problems) {
        Class<?> raw = JavaTypes.raw(java);
        boolean bytes = element == WitType.Primitive.U8;
        if (bytes && raw == byte[].class) {
            return Conversion.of(
                    value -> WitValue.ofBytes((byte[]) value),
                    value -> ((WitValue.Bytes) value).bytes().toArray());
        }
        if (bytes && raw == ByteString.class) {
            return Conversion.of(
                    value -> new WitValue.Bytes((ByteString) value), value -> ((WitValue.Bytes) value).bytes());
        }
        if (raw.isArray()) {
            Type component = JavaTypes.component(java);
            Conversion conversion = conversions.of(element, component, problems.inside("[]"));
            return array(JavaTypes.raw(component), conversion, bytes);
        }
        Optional<Type> inner = JavaTypes.argument(java, 0);
        if (!LISTS.contains(raw) || inner.isEmpty()) {
            return problems.mismatch(type, java, "List<…> or an array");
        }
        Conversion conversion = conversions.of(element, inner.get(), problems.inside("[]"));
        return Conversion.of(
                value -> value(
                        ((Collection<?>) value).stream().map(conversion::toWit).toList(), bytes),
                value -> List.copyOf(
                        elements(value).stream().map(conversion::toJava).toList()));
    }

    private static Conversion array(Class<?> component, Conversion conversion, boolean bytes) {
        return Conversion.of(
                value -> {
                    List<WitValue> elements = new ArrayList<>(Array.getLength(value));
                    for (int index = 0; index < Array.getLength(value); index++) {
                        elements.add(conversion.toWit(Array.get(value, index)));
                    }
                    return value(elements, bytes);
                },
                value -> {
                    List<WitValue> elements = elements(value);
                    Object array = Array.newInstance(component, elements.size());
                    for (int index = 0; index < elements.size(); index++) {
                        Array.set(array, index, conversion.toJava(elements.get(index)));
                    }
                    return array;
                });
    }

    private static WitValue value(List<WitValue> elements, boolean bytes) {
        if (!bytes) {
            return new WitValue.ListValue(elements);
        }
        byte[] array = new byte[elements.size()];
        for (int index = 0; index < array.length; index++) {
            long number = ((WitValue.Int) elements.get(index)).value();
            if (number < 0 || number > 0xFF) {
                throw new IllegalArgumentException(number + " is no u8");
            }
            array[index] = (byte) number;
        }
        return new WitValue.Bytes(ByteString.adopt(array));
    }

    private static List<WitValue> elements(WitValue value) {
        if (value instanceof WitValue.ListValue(var elements)) {
            return elements;
        }
        ByteString bytes = ((WitValue.Bytes) value).bytes();
        List<WitValue> elements = new ArrayList<>(bytes.size());
        for (int index = 0; index < bytes.size(); index++) {
            elements.add(new WitValue.Int(bytes.at(index) & 0xFF));
        }
        return elements;
    }

    static Conversion map(Conversions conversions, WitType.MapType type, Type java, Problems problems) {
        Optional<Type> key = JavaTypes.argument(java, 0);
        Optional<Type> value = JavaTypes.argument(java, 1);
        if (!MAPS.contains(JavaTypes.raw(java)) || key.isEmpty() || value.isEmpty()) {
            return problems.mismatch(type, java, "Map<…, …>");
        }
        Conversion keys = conversions.of(type.key(), key.get(), problems.inside(".key"));
        Conversion values = conversions.of(type.value(), value.get(), problems.inside(".value"));
        return Conversion.of(
                map -> new WitValue.MapValue(((Map<?, ?>) map)
                        .entrySet().stream()
                                .map(entry ->
                                        new WitValue.Entry(keys.toWit(entry.getKey()), values.toWit(entry.getValue())))
                                .toList()),
                map -> {
                    SequencedMap<Object, Object> converted = new LinkedHashMap<>();
                    for (WitValue.Entry entry : ((WitValue.MapValue) map).entries()) {
                        converted.put(keys.toJava(entry.key()), values.toJava(entry.value()));
                    }
                    return Collections.unmodifiableSequencedMap(converted);
                });
    }

    private Lists() {}
}
