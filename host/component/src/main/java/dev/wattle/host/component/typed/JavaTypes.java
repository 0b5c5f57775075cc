package dev.wattle.host.component.typed;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Optional;

/// Questions about Java types.
final class JavaTypes {
    /// The class behind a type; `Object` behind a variable that nothing bounds.
    static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> raw(generic.getRawType());
            case WildcardType wildcard -> raw(wildcard.getUpperBounds()[0]);
            case GenericArrayType array -> raw(array.getGenericComponentType()).arrayType();
            case TypeVariable<?> _ -> Object.class;
            default -> Object.class;
        };
    }

    /// The type argument at a place, `String` in `List<String>`; nothing for a raw type.
    static Optional<Type> argument(Type type, int index) {
        return switch (type) {
            case ParameterizedType generic
            when index < generic.getActualTypeArguments().length ->
                Optional.of(generic.getActualTypeArguments()[index]);
            case WildcardType wildcard -> argument(wildcard.getUpperBounds()[0], index);
            default -> Optional.empty();
        };
    }

    /// What the elements of an array type are.
    static Type component(Type array) {
        return array instanceof GenericArrayType generic
                ? generic.getGenericComponentType()
                : raw(array).getComponentType();
    }

    /// The class that holds a primitive in an object.
    static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }

    static boolean isVoid(Type type) {
        return type == void.class || type == Void.class;
    }

    private JavaTypes() {}
}
