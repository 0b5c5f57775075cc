package dev.wattle.host.component;

import dev.wattle.host.component.code.JavaForm;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function of the host with Java's own types: numbers, booleans, characters (as code points), strings and
/// byte arrays, and [WitValue] for anything else. Generated code calls it as it is, so that it can be compiled
/// into the guest that calls it; numbers take no allocation.
///
/// An integer type of the same size as WIT's holds the bits, whatever the sign (`u32` as `int`); a larger one
/// holds the number (`u32` as `long`). Immutable.
///
/// ```java
/// MethodHandle square = lookup.findStatic(Maths.class, "square", methodType(int.class, Sandbox.class, int.class));
/// HostFunction function = TypedHostFunction.of(type, square); // (u32) -> u32
/// ```
public final class TypedHostFunction implements HostFunction {
    private final FunctionType type;
    private final MethodHandle handle;

    private TypedHostFunction(FunctionType type, MethodHandle handle) {
        this.type = type;
        this.handle = handle;
    }

    /// @param handle `(Sandbox, parameters…) → result`
    /// @throws IllegalArgumentException when a type of Java's does not fit WIT's
    public static TypedHostFunction of(FunctionType type, MethodHandle handle) {
        MethodType exact = handle.type();
        if (exact.parameterCount() == 0
                || exact.parameterType(0) != Sandbox.class
                || !JavaForm.fits(type, exact.dropParameterTypes(0, 1))) {
            throw new IllegalArgumentException("a function of the type %s cannot be %s".formatted(type, exact));
        }
        return new TypedHostFunction(type, handle.asFixedArity());
    }

    /// `(Sandbox, parameters…) → result`, exact-typed.
    public MethodHandle handle() {
        return handle;
    }

    /// The same with values.
    @Override
    public Optional<WitValue> call(Sandbox sandbox, List<WitValue> arguments) {
        @Nullable Object[] converted = new @Nullable Object[arguments.size() + 1];
        converted[0] = sandbox;
        for (int index = 1; index < converted.length; index++) {
            converted[index] =
                    JavaForm.toJava(arguments.get(index - 1), handle.type().parameterType(index));
        }
        Object result = invoke(converted);
        Optional<WitType> resultType = type.result();
        return resultType.isEmpty() ? Optional.empty() : JavaForm.toValue(result, resultType.get());
    }

    private @Nullable Object invoke(@Nullable Object[] arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a function of the host threw a checked exception", e);
        }
    }
}
