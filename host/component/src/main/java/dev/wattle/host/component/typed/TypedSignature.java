package dev.wattle.host.component.typed;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitText;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the values of one function's calls are converted. Immutable.
///
/// @param unwrapped WIT's result is a `result`, and Java's is what it holds when it is ok
record TypedSignature(
        String name, FunctionType type, List<Conversion> parameters, Conversions.Payload result, boolean unwrapped) {

    /// Notes in `problems` what does not fit; what comes back is not to be used then.
    static TypedSignature of(
            Conversions conversions, String name, FunctionType type, JavaSignature java, Problems problems) {
        List<Type> javaParameters = java.parameters();
        List<FunctionType.Parameter> parameters = type.parameters();
        Problems inside = problems.insideFunction(name);
        if (javaParameters.size() != parameters.size()) {
            inside.add("takes %d arguments in WIT and %d in Java: %s"
                    .formatted(parameters.size(), javaParameters.size(), WitText.print(type)));
            return new TypedSignature(name, type, List.of(), new Conversions.Payload(Optional.empty()), false);
        }
        List<Conversion> converted = new ArrayList<>(parameters.size());
        for (int index = 0; index < parameters.size(); index++) {
            FunctionType.Parameter parameter = parameters.get(index);
            converted.add(conversions.of(
                    parameter.type(), javaParameters.get(index), inside.inside("(" + parameter.name() + ")")));
        }
        Problems atResult = inside.inside(" result");
        boolean unwrapped = isResult(type) && !takesResult(java.result());
        Optional<WitType> given =
                unwrapped ? ((WitType.ResultType) type.result().orElseThrow()).ok() : type.result();
        return new TypedSignature(
                name, type, List.copyOf(converted), conversions.payload(given, java.result(), atResult), unwrapped);
    }

    private static boolean isResult(FunctionType type) {
        return type.result().filter(WitType.ResultType.class::isInstance).isPresent();
    }

    private static boolean takesResult(Type java) {
        Class<?> raw = JavaTypes.raw(java);
        return raw == Result.class || raw == WitValue.class;
    }

    List<WitValue> argumentsToWit(@Nullable Object[] arguments) {
        List<WitValue> converted = new ArrayList<>(arguments.length);
        for (int index = 0; index < arguments.length; index++) {
            try {
                converted.add(parameters.get(index).toWit(arguments[index]));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "%s(%s): %s"
                                .formatted(name, type.parameters().get(index).name(), e.getMessage()),
                        e);
            }
        }
        return converted;
    }

    @Nullable
    Object[] argumentsToJava(List<WitValue> arguments) {
        @Nullable Object[] converted = new @Nullable Object[arguments.size()];
        for (int index = 0; index < converted.length; index++) {
            converted[index] = parameters.get(index).toJava(arguments.get(index));
        }
        return converted;
    }

    /// @throws ResultException when the guest answered an error and Java has no place for it
    @Nullable
    Object resultToJava(Optional<WitValue> answer) {
        if (!unwrapped) {
            return result.toJava(answer);
        }
        WitValue.ResultValue value = (WitValue.ResultValue) answer.orElseThrow();
        if (!value.ok()) {
            Optional<WitType> error = ((WitType.ResultType) type.result().orElseThrow()).error();
            throw ResultException.answered(name, error, value.payload());
        }
        return result.toJava(value.payload());
    }

    Optional<WitValue> resultToWit(@Nullable Object answer) {
        Optional<WitValue> converted = result.toWit(answer);
        return unwrapped ? Optional.of(new WitValue.ResultValue(true, converted)) : converted;
    }

    /// What the function answers when the program threw an error.
    ///
    /// @throws ResultException the same, when WIT has no place for an error
    Optional<WitValue> error(ResultException thrown) {
        if (!isResult(type)) {
            throw thrown;
        }
        return Optional.of(new WitValue.ResultValue(false, thrown.error()));
    }
}
