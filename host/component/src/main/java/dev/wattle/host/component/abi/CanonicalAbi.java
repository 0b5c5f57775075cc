package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Optional;

/// Questions about types that the canonical ABI answers without an instance.
///
/// They walk a type as a tree. Whoever decodes types bounds the number of nodes of that tree.
public final class CanonicalAbi {
    /// More flat parameters than these go through memory: `MAX_FLAT_PARAMS`.
    public static final int MAX_FLAT_PARAMS = 16;

    /// More flat parameters than these of a function lowered with `async` go through memory:
    /// `MAX_FLAT_ASYNC_PARAMS`.
    public static final int MAX_FLAT_ASYNC_PARAMS = 4;

    /// More flat results than these go through memory: `MAX_FLAT_RESULTS`.
    public static final int MAX_FLAT_RESULTS = 1;

    /// The longest string in bytes of its encoding: `MAX_STRING_BYTE_LENGTH`.
    public static final long MAX_STRING_BYTE_LENGTH = (1L << 28) - 1;

    /// The longest list in bytes of its elements, and the largest element: `MAX_LIST_BYTE_LENGTH`.
    public static final long MAX_LIST_BYTE_LENGTH = (1L << 28) - 1;

    /// From which side a core function is seen.
    public enum Context {
        LIFT,
        LOWER
    }

    /// Which form of the ABI the options of a canonical definition choose.
    public enum Concurrency {
        /// Without the option `async`.
        SYNC,
        /// With the option `async`; when lifting, without a callback.
        ASYNC,
        /// Lifting with the options `async` and `callback`.
        ASYNC_CALLBACK;

        /// The most parameters that do not go through memory.
        int maxFlatParameters(Context context) {
            return this != SYNC && context == Context.LOWER ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS;
        }

        /// The most results that do not go through memory. What is lifted with `async` passes them as
        /// parameters of `task.return`.
        int maxFlatResults(Context context) {
            return switch (this) {
                case SYNC -> MAX_FLAT_RESULTS;
                case ASYNC, ASYNC_CALLBACK -> context == Context.LIFT ? MAX_FLAT_PARAMS : 0;
            };
        }
    }

    /// The core type of a component function: of the function that is lifted, or of the one that lowering
    /// makes.
    ///
    /// @spec CanonicalABI.md `flatten_functype`
    public static CoreType.Function flatten(FunctionType type, Context context, Concurrency concurrency) {
        return new Signature(type, context, concurrency).core();
    }

    /// The same without the option `async`.
    public static CoreType.Function flatten(FunctionType type, Context context) {
        return flatten(type, context, Concurrency.SYNC);
    }

    /// The core type of `task.return` with that result.
    ///
    /// @spec CanonicalABI.md `canon_task_return`
    public static CoreType.Function taskReturn(Optional<WitType> result) {
        List<CoreType.Value> flat = flattenTypes(result.stream().toList());
        List<CoreType.Value> parameters = flat.size() > MAX_FLAT_PARAMS ? List.of(CoreType.Value.I32) : flat;
        return new CoreType.Function(parameters, List.of());
    }

    /// The type of a lifted function's post-return: it takes what the function returned.
    public static CoreType.Function postReturn(FunctionType type) {
        return new CoreType.Function(flatten(type, Context.LIFT).results(), List.of());
    }

    /// Must a canonical definition with this type name a memory?
    public static boolean needsMemory(FunctionType type, Context context, Concurrency concurrency) {
        Signature signature = new Signature(type, context, concurrency);
        return signature.parametersSpilled()
                || signature.resultSpilled()
                || signature.parameters().stream().anyMatch(CanonicalAbi::hasPointer)
                || signature.result().stream().anyMatch(CanonicalAbi::hasPointer);
    }

    /// Must a canonical definition with this type name a realloc? When lifting, the guest's realloc makes room
    /// for parameters; when lowering, for the result's strings and lists.
    public static boolean needsRealloc(FunctionType type, Context context, Concurrency concurrency) {
        Signature signature = new Signature(type, context, concurrency);
        return switch (context) {
            case LIFT ->
                signature.parametersSpilled() || signature.parameters().stream().anyMatch(CanonicalAbi::hasPointer);
            case LOWER -> signature.result().stream().anyMatch(CanonicalAbi::hasPointer);
        };
    }

    /// Does the type have a string, list or map in it?
    public static boolean hasPointer(WitType type) {
        return switch (type) {
            case WitType.Primitive primitive -> primitive == WitType.Primitive.STRING;
            case WitType.ListType _, WitType.MapType _ -> true;
            case WitType.FixedListType(var element, int _) -> hasPointer(element);
            case WitType.RecordType _, WitType.TupleType _ ->
                Despecialize.fields(type).stream().anyMatch(CanonicalAbi::hasPointer);
            case WitType.VariantType _, WitType.OptionType _, WitType.ResultType _ ->
                Despecialize.cases(type).stream().flatMap(Optional::stream).anyMatch(CanonicalAbi::hasPointer);
            case WitType.EnumType _, WitType.FlagsType _, WitType.OwnType _, WitType.BorrowType _ -> false;
            case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ -> false;
        };
    }

    /// Bytes of one element of a list of this type.
    ///
    /// @spec CanonicalABI.md `elem_size`
    public static long elemSize(WitType type) {
        return Layout.elemSize(type);
    }

    /// What an address of a value of this type is a multiple of.
    ///
    /// @spec CanonicalABI.md `alignment`
    public static int alignment(WitType type) {
        return Layout.alignment(type);
    }

    /// The core values that the types become one after the other; cut off after one more than
    /// [#MAX_FLAT_PARAMS].
    ///
    /// @spec CanonicalABI.md `flatten_types`
    public static List<CoreType.Value> flattenTypes(List<WitType> types) {
        return Flattening.flattenTypes(types);
    }

    /// The bytes that hold the number of a case of a variant with that many.
    ///
    /// @spec CanonicalABI.md `discriminant_type`
    public static int discriminantSize(int cases) {
        return Layout.discriminantSize(cases);
    }

    /// How far a case's payload lies behind the begin of a variant with these payloads.
    public static long payloadOffset(List<Optional<WitType>> cases) {
        return Layout.payloadOffset(cases);
    }

    /// The next multiple of `alignment`, a power of two.
    public static long alignTo(long pointer, int alignment) {
        return Layout.alignTo(pointer, alignment);
    }

    private CanonicalAbi() {}
}
