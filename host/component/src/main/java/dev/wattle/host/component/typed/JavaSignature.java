package dev.wattle.host.component.typed;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;

/// What a Java function takes and returns.
record JavaSignature(List<Type> parameters, Type result) {
    JavaSignature {
        parameters = List.copyOf(parameters);
    }

    static JavaSignature of(Method method) {
        return new JavaSignature(List.of(method.getGenericParameterTypes()), method.getGenericReturnType());
    }
}
