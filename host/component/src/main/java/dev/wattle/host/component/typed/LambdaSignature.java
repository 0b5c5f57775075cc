package dev.wattle.host.component.typed;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads what a lambda takes and returns: the compiler keeps it for lambdas that can be serialized.
final class LambdaSignature {
    /// @throws BindingException when the lambda's types are out of reach
    static JavaSignature of(Lambda lambda) {
        try {
            Method writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
            Reach.require(writeReplace);
            if (writeReplace.invoke(lambda) instanceof SerializedLambda written) {
                return of(written, lambda.getClass().getClassLoader());
            }
            throw refused(lambda);
        } catch (NoSuchMethodException e) {
            return ofClass(lambda);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a lambda that does not tell its types", e);
        }
    }

    private static BindingException refused(Lambda lambda) {
        return new BindingException(
                lambda.getClass().getName(),
                List.of("its types are unknown: give a lambda, a method reference, or an object of an interface"));
    }

    private static JavaSignature of(SerializedLambda written, ClassLoader loader) throws ClassNotFoundException {
        MethodType erased = MethodType.fromMethodDescriptorString(written.getInstantiatedMethodType(), loader);
        JavaSignature signature = new JavaSignature(List.of((Type[]) erased.parameterArray()), erased.returnType());
        return implementation(written, loader)
                .filter(method -> Modifier.isStatic(method.getModifiers()) && written.getCapturedArgCount() == 0)
                .map(JavaSignature::of)
                .filter(generic -> generic.parameters().size() == erased.parameterCount())
                .map(generic -> new JavaSignature(
                        generic.parameters(), JavaTypes.isVoid(erased.returnType()) ? void.class : generic.result()))
                .orElseGet(() -> voided(signature, written));
    }

    /// The functional interface decides whether something is returned.
    private static JavaSignature voided(JavaSignature signature, SerializedLambda written) {
        boolean isVoid = written.getFunctionalInterfaceMethodSignature().endsWith(")V");
        return isVoid ? new JavaSignature(signature.parameters(), void.class) : signature;
    }

    private static Optional<Method> implementation(SerializedLambda written, ClassLoader loader)
            throws ClassNotFoundException {
        Class<?> owner = Class.forName(written.getImplClass().replace('/', '.'), false, loader);
        return Arrays.stream(owner.getDeclaredMethods())
                .filter(method -> method.getName().equals(written.getImplMethodName()) && !method.isSynthetic())
                .filter(method -> MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString()
                        .equals(written.getImplMethodSignature()))
                .findFirst();
    }

    /// A class that implements one of the functional interfaces.
    private static JavaSignature ofClass(Lambda lambda) {
        return Arrays.stream(lambda.getClass().getDeclaredMethods())
                .filter(method -> method.getName().equals("call") && !method.isBridge())
                .findFirst()
                .map(JavaSignature::of)
                .orElseThrow(() -> refused(lambda));
    }

    private LambdaSignature() {}
}
