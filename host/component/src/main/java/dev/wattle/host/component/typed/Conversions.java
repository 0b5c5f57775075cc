package dev.wattle.host.component.typed;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the conversion between a Java type and a WIT type, or what stands in its way. As deep as the WIT type,
/// which loading has bounded.
final class Conversions {
    private final ResourceConversions resources;

    Conversions(ResourceConversions resources) {
        this.resources = resources;
    }

    /// Notes in `problems` what does not fit; what comes back is not to be used then.
    Conversion of(WitType type, Type java, Problems problems) {
        Class<?> raw = JavaTypes.raw(java);
        if (raw == WitValue.class) {
            return Conversion.of(value -> (WitValue) value, value -> value);
        }
        return switch (type) {
            case WitType.Primitive primitive -> Scalars.of(primitive, java, problems);
            case WitType.ListType(var element) -> Lists.of(this, type, element, java, problems);
            case WitType.FixedListType(var element, int _) -> Lists.of(this, type, element, java, problems);
            case WitType.MapType map -> Lists.map(this, map, java, problems);
            case WitType.RecordType record -> Records.record(this, record, java, problems);
            case WitType.TupleType tuple -> Records.tuple(this, tuple, java, problems);
            case WitType.VariantType variant -> Variants.variant(this, variant, java, problems);
            case WitType.EnumType(var cases) -> Variants.enumeration(type, cases, java, problems);
            case WitType.FlagsType(var labels) -> Variants.flags(type, labels, java, problems);
            case WitType.OptionType(var some) -> option(type, some, java, problems);
            case WitType.ResultType result -> result(result, java, problems);
            case WitType.OwnType(var resource) -> resources.own(type, resource, java, problems);
            case WitType.BorrowType(var resource) -> resources.borrow(type, resource, java, problems);
            case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ ->
                problems.mismatch(type, java, "WitValue");
        };
    }

    private Conversion option(WitType type, WitType some, Type java, Problems problems) {
        Optional<Type> inner = JavaTypes.argument(java, 0);
        if (JavaTypes.raw(java) != Optional.class || inner.isEmpty()) {
            return problems.mismatch(type, java, "Optional<…>");
        }
        Conversion conversion = of(some, inner.get(), problems.inside(".some"));
        return Conversion.of(
                value -> new WitValue.OptionValue(((Optional<?>) value).map(conversion::toWit)),
                value -> ((WitValue.OptionValue) value).some().map(conversion::toJava));
    }

    private Conversion result(WitType.ResultType type, Type java, Problems problems) {
        Optional<Type> ok = JavaTypes.argument(java, 0);
        Optional<Type> error = JavaTypes.argument(java, 1);
        if (JavaTypes.raw(java) != Result.class || ok.isEmpty() || error.isEmpty()) {
            return problems.mismatch(type, java, "Result<…, …>");
        }
        Payload okPayload = payload(type.ok(), ok.get(), problems.inside(".ok"));
        Payload errorPayload = payload(type.error(), error.get(), problems.inside(".err"));
        return Conversion.of(
                value -> switch ((Result<?, ?>) value) {
                    case Result.Ok<?, ?>(var held) -> new WitValue.ResultValue(true, okPayload.toWit(held));
                    case Result.Err<?, ?>(var held) -> new WitValue.ResultValue(false, errorPayload.toWit(held));
                },
                value -> {
                    WitValue.ResultValue result = (WitValue.ResultValue) value;
                    return result.ok()
                            ? Result.ok(okPayload.toJava(result.payload()))
                            : Result.err(errorPayload.toJava(result.payload()));
                });
    }

    /// What a side of a result, or a function, may have or not: `Void` or `void` stands for nothing.
    Payload payload(Optional<WitType> type, Type java, Problems problems) {
        if (type.isPresent()) {
            return new Payload(Optional.of(of(type.get(), java, problems)));
        }
        if (!JavaTypes.isVoid(java)) {
            problems.add("there is no value in WIT, the Java type is " + java.getTypeName() + " and not void");
        }
        return new Payload(Optional.empty());
    }

    /// A value that may not be there; null in Java then.
    record Payload(Optional<Conversion> conversion) {
        Optional<WitValue> toWit(@Nullable Object value) {
            return conversion.map(each -> each.toWit(value));
        }

        @Nullable
        Object toJava(Optional<WitValue> value) {
            return conversion.isPresent() ? conversion.get().toJava(value.orElseThrow()) : null;
        }
    }
}
