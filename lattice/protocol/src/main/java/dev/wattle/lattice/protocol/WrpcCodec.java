package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Values of WIT types as wRPC puts them on the wire.
///
/// Parameters are concatenated in order, without a count; so is the result, when there is one. Both sides must
/// know the type: the bytes do not tell it.
public final class WrpcCodec {
    /// Types nest in their component's binary, whose own limit is 100; a deeper type was not made by a
    /// toolchain.
    static final int MAX_DEPTH = 128;

    private WrpcCodec() {}

    /// Why calls of this type cannot leave the host, as a sentence; nothing when they can.
    public static Optional<String> refusal(FunctionType type) {
        for (FunctionType.Parameter parameter : type.parameters()) {
            Optional<String> reason = refusal(parameter.type());
            if (reason.isPresent()) {
                return reason.map(text -> "parameter '" + parameter.name() + "': " + text);
            }
        }
        return type.result().flatMap(WrpcCodec::refusal).map(text -> "result: " + text);
    }

    private static Optional<String> refusal(WitType type) {
        return switch (type) {
            case WitType.Primitive _, WitType.EnumType _, WitType.FlagsType _ -> Optional.empty();
            case WitType.ListType(var element) -> refusal(element);
            case WitType.RecordType(var fields) ->
                fields.stream().flatMap(field -> refusal(field.type()).stream()).findFirst();
            case WitType.TupleType(var types) ->
                types.stream().flatMap(element -> refusal(element).stream()).findFirst();
            case WitType.VariantType(var cases) ->
                cases.stream()
                        .flatMap(one -> one.payload().flatMap(WrpcCodec::refusal).stream())
                        .findFirst();
            case WitType.OptionType(var some) -> refusal(some);
            case WitType.ResultType(var ok, var error) ->
                ok.flatMap(WrpcCodec::refusal).or(() -> error.flatMap(WrpcCodec::refusal));
            case WitType.OwnType(var resource) -> Optional.of(resourceRefusal(resource.name()));
            case WitType.BorrowType(var resource) -> Optional.of(resourceRefusal(resource.name()));
            case WitType.StreamType _ -> Optional.of(streamRefusal("stream"));
            case WitType.FutureType _ -> Optional.of(streamRefusal("future"));
            case WitType.ErrorContextType _ -> Optional.of(wireRefusal("an error-context"));
            case WitType.FixedListType _ -> Optional.of(wireRefusal("a list of fixed length"));
            case WitType.MapType _ -> Optional.of(wireRefusal("a map"));
        };
    }

    static String resourceRefusal(String name) {
        return "the resource '" + name + "' cannot leave its host: a link that carries it works only inside one host";
    }

    static String streamRefusal(String kind) {
        return "a " + kind + " between hosts is not supported yet";
    }

    static String wireRefusal(String what) {
        return what + " cannot leave its host: wRPC has no bytes for it yet";
    }

    /// The bytes of a call's parameters.
    ///
    /// @throws ProtocolException when the type cannot leave the host ([Code#NOT_SUPPORTED])
    /// @throws IllegalArgumentException when the values are not of their types
    public static ByteString encodeParameters(FunctionType type, List<WitValue> values) {
        if (values.size() != type.parameters().size()) {
            throw new IllegalArgumentException(
                    values.size() + " values for " + type.parameters().size() + " parameters");
        }
        var writer = new WrpcWriter();
        for (int i = 0; i < values.size(); i++) {
            writer.write(type.parameters().get(i).type(), values.get(i), 0);
        }
        return writer.toByteString();
    }

    /// The parameters of a call.
    ///
    /// @throws ProtocolException when the bytes are something else; [Code#TRUNCATED] when more might complete
    /// them
    public static List<WitValue> decodeParameters(FunctionType type, ByteString bytes) {
        var reader = new WrpcReader(bytes);
        List<WitValue> values = new ArrayList<>(type.parameters().size());
        for (FunctionType.Parameter parameter : type.parameters()) {
            values.add(reader.read(parameter.type(), 0));
        }
        reader.requireEnd();
        return values;
    }

    /// The bytes of a call's result; none when the type has none.
    ///
    /// @throws ProtocolException when the type cannot leave the host ([Code#NOT_SUPPORTED])
    /// @throws IllegalArgumentException when the value is not of its type
    public static ByteString encodeResult(FunctionType type, Optional<WitValue> value) {
        if (value.isPresent() != type.result().isPresent()) {
            throw new IllegalArgumentException(
                    value.isPresent() ? "a result for a function without one" : "no result for a function with one");
        }
        var writer = new WrpcWriter();
        if (value.isPresent()) {
            writer.write(type.result().orElseThrow(), value.get(), 0);
        }
        return writer.toByteString();
    }

    /// The result of a call.
    ///
    /// @throws ProtocolException when the bytes are something else; [Code#TRUNCATED] when more might complete
    /// them
    public static Optional<WitValue> decodeResult(FunctionType type, ByteString bytes) {
        var reader = new WrpcReader(bytes);
        Optional<WitValue> value = type.result().map(result -> reader.read(result, 0));
        reader.requireEnd();
        return value;
    }

    static ProtocolException tooDeep(String where) {
        return new ProtocolException(Code.TOO_LARGE, where, "a type nested more than " + MAX_DEPTH + " levels deep");
    }
}
