package dev.wattle.host.component.typed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of the program, with what it takes and returns.
///
/// @param direct takes and returns what the function does, or objects in place of that
/// @param target `(Object[]) -> Object`
record JavaFunction(JavaSignature signature, MethodHandle direct, MethodHandle target) {
    private JavaFunction(JavaSignature signature, MethodHandle direct) {
        this(signature, direct.asFixedArity(), spread(direct));
    }

    static JavaFunction of(Lambda lambda) {
        Method call = Arrays.stream(lambda.getClass().getInterfaces())
                .filter(Lambda.class::isAssignableFrom)
                .flatMap(each -> Arrays.stream(each.getMethods()))
                .filter(method -> method.getName().equals("call"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no function of a lambda"));
        return new JavaFunction(LambdaSignature.of(lambda), unreflect(call).bindTo(lambda));
    }

    /// A method of an object.
    static JavaFunction of(Method method, Object receiver) {
        return new JavaFunction(JavaSignature.of(method), unreflect(method).bindTo(receiver));
    }

    /// A method of a resource's class: the resource is the first parameter, unless the method is static.
    static JavaFunction of(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            return new JavaFunction(JavaSignature.of(method), unreflect(method));
        }
        List<Type> parameters = new ArrayList<>();
        parameters.add(method.getDeclaringClass());
        parameters.addAll(List.of(method.getGenericParameterTypes()));
        return new JavaFunction(new JavaSignature(parameters, method.getGenericReturnType()), unreflect(method));
    }

    /// A constructor of a resource's class.
    static JavaFunction of(Constructor<?> constructor) {
        Reach.require(constructor);
        try {
            return new JavaFunction(
                    new JavaSignature(List.of(constructor.getGenericParameterTypes()), constructor.getDeclaringClass()),
                    MethodHandles.lookup().unreflectConstructor(constructor));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a constructor that was in reach", e);
        }
    }

    private static MethodHandle unreflect(Method method) {
        Reach.require(method);
        try {
            return MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a method that was in reach", e);
        }
    }

    private static MethodHandle spread(MethodHandle target) {
        return target.asFixedArity()
                .asSpreader(Object[].class, target.type().parameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    /// The function with primitives and plain classes, as `direct` has them or their boxes.
    MethodHandle plain() {
        MethodType boxed = MethodType.methodType(
                signature.result() == Void.class ? void.class : JavaTypes.raw(signature.result()),
                signature.parameters().stream().map(JavaTypes::raw).toList());
        return direct.asType(boxed.unwrap());
    }

    @Nullable
    Object call(@Nullable Object[] arguments) {
        try {
            return target.invokeExact(arguments);
        } catch (Throwable e) {
            throw Reach.rethrow(e);
        }
    }
}
