package dev.wattle.fuzz.layers;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.TypedHostFunction;
import dev.wattle.host.component.abi.CanonLift;
import dev.wattle.host.component.code.Context;
import dev.wattle.host.component.code.JavaForm;
import dev.wattle.host.component.code.SingleFunction;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// One function type as Java's own types, which are chosen at random of those that fit.
final class JavaFunctions {
    private static final List<Class<?>> FORMS = List.of(
            boolean.class,
            byte.class,
            short.class,
            int.class,
            long.class,
            float.class,
            double.class,
            String.class,
            byte[].class,
            WitValue.class);

    /// One in so many objects is another of its class, which may stand for no value.
    private static final int OTHER = 10;

    private static final MethodHandle CALLED = find();

    private final FunctionType type;
    private final MethodType types;
    private final HostFunction host;
    private final MethodHandle lowered;

    /// `(Context, Object[]) → Object`
    private final MethodHandle lifted;

    JavaFunctions(Gen gen, FunctionType type, SingleFunction code, MethodHandle core) {
        this.type = type;
        this.types = MethodType.methodType(
                type.result().<Class<?>>map(each -> form(gen, each)).orElse(void.class),
                type.parameters().stream()
                        .<Class<?>>map(each -> form(gen, each.type()))
                        .toList());
        MethodType withSandbox = types.insertParameterTypes(0, Sandbox.class);
        MethodHandle called =
                CALLED.asCollector(Object[].class, withSandbox.parameterCount()).asType(withSandbox);
        this.host = TypedHostFunction.of(type, called);
        this.lowered = spread(code.lower("test", called).orElseThrow());
        this.lifted = spread(code.lift(core, types).orElseThrow());
    }

    private static Class<?> form(Gen gen, WitType type) {
        return gen.oneOf(
                FORMS.stream().filter(form -> JavaForm.fits(type, form)).toList());
    }

    private static MethodHandle find() {
        try {
            return MethodHandles.lookup()
                    .findStatic(JavaFunctions.class, "called", MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("called", e);
        }
    }

    private static MethodHandle spread(MethodHandle handle) {
        return handle.asSpreader(Object[].class, handle.type().parameterCount() - 1)
                .asType(MethodType.methodType(Object.class, Context.class, Object[].class));
    }

    /// `(Context, flats) → Object`
    MethodHandle lowered() {
        return lowered;
    }

    /// The function of the host; what it answers is the guest's.
    HostFunction host(Gen gen, Guest guest, Optional<WitValue> answer) {
        guest.javaAnswer = answer.isEmpty() ? null : object(gen, answer.get(), types.returnType());
        return host;
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static @Nullable Object called(@Nullable Object[] arguments) {
        Sandbox sandbox = (Sandbox) Objects.requireNonNull(arguments[0]);
        Guest guest = sandbox.state(Guest.class, () -> {
            throw new IllegalStateException("no guest");
        });
        guest.log.add("host sees " + text(Arrays.copyOfRange(arguments, 1, arguments.length)));
        return guest.javaAnswer;
    }

    private static String text(@Nullable Object... objects) {
        StringJoiner text = new StringJoiner(", ");
        for (Object object : objects) {
            text.add(object instanceof byte[] bytes ? Arrays.toString(bytes) : Guest.text(object));
        }
        return text.toString();
    }

    /// An object for the value, mostly.
    private static @Nullable Object object(Gen gen, WitValue value, Class<?> form) {
        boolean other = gen.intBetween(1, OTHER) == 1;
        long bits = gen.anyLong();
        if (other && form.isPrimitive()) {
            return number(bits, form);
        }
        if (other) {
            return form == String.class ? "\uD800" : null;
        }
        Object object = value instanceof WitValue.Int(long number) ? number(number, form) : plain(value, form);
        if (MethodType.methodType(form).wrap().returnType().isInstance(object)) {
            return object;
        }
        return form.isPrimitive() ? number(bits, form) : null; // the value was of another type
    }

    private static @Nullable Object plain(WitValue value, Class<?> form) {
        try {
            return JavaForm.toJava(value, form);
        } catch (IllegalArgumentException anotherType) {
            return null;
        }
    }

    private static Object number(long bits, Class<?> form) {
        if (form == boolean.class) {
            return (bits & 1) != 0;
        }
        if (form == float.class) {
            return Float.intBitsToFloat((int) bits);
        }
        if (form == double.class) {
            return Double.longBitsToDouble(bits);
        }
        return JavaForm.toJava(new WitValue.Int(bits), form);
    }

    /// Calls the guest.
    ///
    /// @param interpreted null for generated code
    String call(Gen gen, Context context, List<WitValue> values, @Nullable CanonLift interpreted) {
        @Nullable Object[] arguments = new @Nullable Object[values.size()];
        for (int index = 0; index < arguments.length; index++) {
            arguments[index] = object(gen, values.get(index), types.parameterType(index));
        }
        return interpreted == null ? invoke(context, arguments) : interpret(arguments, interpreted);
    }

    private String invoke(Context context, @Nullable Object[] arguments) {
        try {
            return text((Object) lifted.invokeExact(context, arguments));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a checked exception", e);
        }
    }

    private String interpret(@Nullable Object[] arguments, CanonLift interpreted) {
        List<WitValue> values = new ArrayList<>();
        for (int index = 0; index < arguments.length; index++) {
            values.add(JavaForm.toValue(
                            arguments[index], type.parameters().get(index).type())
                    .orElseThrow(() -> new IllegalArgumentException("no value")));
        }
        return interpreted
                .call(values)
                .map(result -> text(JavaForm.toJava(result, types.returnType())))
                .orElse("null");
    }
}
