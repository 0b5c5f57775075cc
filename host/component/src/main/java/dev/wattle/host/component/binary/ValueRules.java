package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.util.List;

/// The rules for values and for the functions that make them while a component is instantiated.
///
/// @spec Binary.md "Start Definitions", "Value Definitions"
final class ValueRules {
    private final Scope scope;
    private final Work work;

    ValueRules(Scope scope, Work work) {
        this.scope = scope;
        this.work = work;
    }

    Step define(long offset, ValueSyntax syntax, Literal literal) {
        WitType type = new TypeBuilder(scope, offset).value(syntax);
        literal.check(type, work);
        scope.add(new Entity.OfValue(type));
        return new Step.DefineValue(type, literal);
    }

    Step start(Definition.Start start) {
        long offset = start.offset();
        FunctionType type = Scope.at(scope.functions, start.function(), Sort.FUNCTION, offset);
        List<Integer> arguments = start.arguments();
        if (type.parameters().size() != arguments.size()) {
            throw Failures.invalid(
                    offset,
                    "a start function with " + type.parameters().size() + " parameters gets " + arguments.size()
                            + " values");
        }
        for (int index = 0; index < arguments.size(); index++) {
            WitType value = scope.consume(arguments.get(index), offset);
            TypeQuestions.spend(value, work);
            if (!value.equals(type.parameters().get(index).type())) {
                throw Failures.invalid(
                        offset,
                        "value " + arguments.get(index) + " has another type than the start function's parameter");
            }
        }
        if (start.results() != (type.result().isPresent() ? 1 : 0)) {
            throw Failures.invalid(
                    offset,
                    "a start function makes another number of values than "
                            + Integer.toUnsignedString(start.results()));
        }
        type.result().ifPresent(result -> scope.add(new Entity.OfValue(result)));
        return new Step.CallStart(start.function(), arguments, type);
    }

    /// A borrow lasts for a call, so no value outside of calls can have one.
    void requireExportable(long offset, String name, Entity entity) {
        if (entity instanceof Entity.OfValue(WitType type)) {
            TypeQuestions.spend(type, work);
            if (TypeQuestions.hasBorrow(type)) {
                throw Failures.invalid(offset, "the export '" + name + "' is a value with a borrow");
            }
        }
    }
}
