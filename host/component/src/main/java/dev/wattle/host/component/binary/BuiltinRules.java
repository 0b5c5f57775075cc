package dev.wattle.host.component.binary;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.CanonicalAbi.Concurrency;
import dev.wattle.host.component.abi.CanonicalAbi.Context;
import dev.wattle.host.component.binary.Builtin.Carrier;
import dev.wattle.host.component.binary.Builtin.Copy;
import dev.wattle.host.component.binary.Builtin.End;
import dev.wattle.host.component.binary.Builtin.Plain;
import dev.wattle.host.component.binary.Definition.Options;
import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules for built-ins, and the core function that each of them is.
///
/// @spec CanonicalABI.md "Canonical Definitions", from `canon context.get` on
final class BuiltinRules {
    /// Slots of a thread's own storage.
    private static final int CONTEXT_SLOTS = 2;

    private final Scope scope;
    private final Work work;
    private final OptionRules options;
    private @Nullable Value contextType;

    BuiltinRules(Scope scope, FeatureGate features, Work work) {
        this.scope = scope;
        this.work = work;
        this.options = new OptionRules(scope, features);
    }

    Step step(long offset, Builtin builtin) {
        Optional<WitType> type = type(offset, builtin);
        CoreType.Function signature = signature(offset, builtin, type);
        scope.coreFunctions.add(signature);
        return new Step.BuiltinFunction(builtin, type, signature);
    }

    /// What a built-in is about: a stream, a future, or the result of a task.
    private Optional<WitType> type(long offset, Builtin builtin) {
        return switch (builtin) {
            case Builtin.TaskReturn(Optional<ValueSyntax> result, Options _) ->
                result.map(new TypeBuilder(scope, offset)::value);
            case Builtin.OnCarrier on -> {
                WitType type = scope.valueType(on.type(), offset).type();
                boolean fits = on.carrier() == Carrier.STREAM
                        ? type instanceof WitType.StreamType
                        : type instanceof WitType.FutureType;
                if (!fits) {
                    throw Failures.invalid(
                            offset,
                            builtin.words() + " is for a type " + on.carrier().words() + ", and type " + on.type()
                                    + " is none");
                }
                yield Optional.of(type);
            }
            case Builtin _ -> Optional.empty();
        };
    }

    private CoreType.Function signature(long offset, Builtin builtin, Optional<WitType> type) {
        return switch (builtin) {
            case Plain plain -> signature(plain);
            case Builtin.TaskReturn(var _, Options given) -> taskReturn(offset, given, type);
            case Builtin.ContextGet(Value value, int slot) -> {
                requireContext(offset, builtin, value, slot);
                yield function(List.of(), value);
            }
            case Builtin.ContextSet(Value value, int slot) -> {
                requireContext(offset, builtin, value, slot);
                yield function(List.of(value));
            }
            case Builtin.SubtaskCancel _, Builtin.CancelCopy _ -> function(List.of(Value.I32), Value.I32);
            case Builtin.CarrierNew _ -> function(List.of(), Value.I64);
            case Builtin.DropEnd _ -> function(List.of(Value.I32));
            case Copy copy -> copy(offset, copy, type);
            case Builtin.ErrorContextNew(Options given) -> {
                errorContext(offset, builtin, given);
                yield function(List.of(Value.I32, Value.I32), Value.I32);
            }
            case Builtin.ErrorContextDebugMessage(Options given) -> {
                errorContext(offset, builtin, given);
                options.requireRealloc(offset, given);
                yield function(List.of(Value.I32, Value.I32));
            }
            case Builtin.WaitableSetWait(boolean _, int memory) -> waiting(offset, memory);
            case Builtin.WaitableSetPoll(boolean _, int memory) -> waiting(offset, memory);
            case Builtin.GiveTurn(var turn, boolean _) ->
                function(turn.toAnother() ? List.of(Value.I32) : List.of(), Value.I32);
            case Builtin.ThreadNewIndirect _,
                    Builtin.ThreadSpawnRef _,
                    Builtin.ThreadSpawnIndirect _,
                    Builtin.ThreadAvailableParallelism _ -> new ThreadRules(scope).signature(offset, builtin);
        };
    }

    private static CoreType.Function signature(Plain builtin) {
        return switch (builtin) {
            case TASK_CANCEL, BACKPRESSURE_INC, BACKPRESSURE_DEC -> function(List.of());
            case SUBTASK_DROP, WAITABLE_SET_DROP, ERROR_CONTEXT_DROP, THREAD_RESUME_LATER ->
                function(List.of(Value.I32));
            case WAITABLE_JOIN -> function(List.of(Value.I32, Value.I32));
            case WAITABLE_SET_NEW, THREAD_INDEX -> function(List.of(), Value.I32);
        };
    }

    private CoreType.Function taskReturn(long offset, Options given, Optional<WitType> result) {
        if (given.realloc().isPresent()) {
            throw Failures.invalid(offset, "the option realloc has no meaning for task.return");
        }
        options.builtin(offset, given, "task.return");
        options.requireSync(offset, given, "task.return");
        FunctionType taker = new FunctionType(
                result.map(one -> new FunctionType.Parameter("result", one)).stream()
                        .toList(),
                Optional.empty());
        TypeQuestions.spend(taker, work);
        if (CanonicalAbi.needsMemory(taker, Context.LOWER, Concurrency.SYNC)) {
            options.requireMemory(offset, given);
        }
        return CanonicalAbi.flatten(taker, Context.LOWER);
    }

    private void requireContext(long offset, Builtin builtin, Value type, int slot) {
        if (Integer.compareUnsigned(slot, CONTEXT_SLOTS) >= 0) {
            throw Failures.invalid(
                    offset,
                    builtin.words() + " of slot " + Integer.toUnsignedString(slot) + "; there are " + CONTEXT_SLOTS);
        }
        if (contextType != null && contextType != type) {
            throw Failures.invalid(offset, builtin.words() + " has another type than those before in this component");
        }
        contextType = type;
    }

    private CoreType.Function copy(long offset, Copy copy, Optional<WitType> type) {
        options.builtin(offset, copy.options(), copy.words());
        Optional<WitType> element = type.flatMap(BuiltinRules::element);
        if (element.isPresent()) {
            options.requireMemory(offset, copy.options());
            TypeQuestions.spend(element.get(), work);
            if (copy.end() == End.READABLE && CanonicalAbi.hasPointer(element.get())) {
                options.requireRealloc(offset, copy.options());
            }
        }
        return copy.carrier() == Carrier.STREAM
                ? function(List.of(Value.I32, Value.I32, Value.I32), Value.I32)
                : function(List.of(Value.I32, Value.I32), Value.I32);
    }

    private static Optional<WitType> element(WitType type) {
        return type instanceof WitType.StreamType(var element)
                ? element
                : type instanceof WitType.FutureType(var element) ? element : Optional.empty();
    }

    private void errorContext(long offset, Builtin builtin, Options given) {
        options.builtin(offset, given, builtin.words());
        options.requireSync(offset, given, builtin.words());
        options.requireMemory(offset, given);
    }

    private CoreType.Function waiting(long offset, int memory) {
        Scope.at(scope.coreMemories, memory, Sort.CORE_MEMORY, offset);
        return function(List.of(Value.I32, Value.I32), Value.I32);
    }

    static CoreType.Function function(List<Value> parameters, Value... results) {
        return new CoreType.Function(parameters, List.of(results));
    }
}
