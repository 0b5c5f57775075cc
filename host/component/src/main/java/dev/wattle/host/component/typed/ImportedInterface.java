package dev.wattle.host.component.typed;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.TypedHostFunction;
import dev.wattle.host.component.code.JavaForm;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What the program supplies for one interface: functions and resources by their WIT names. Immutable.
record ImportedInterface(SequencedMap<String, Supplied> functions, Map<String, HostResource> resources)
        implements HostInterface {
    static final ImportedInterface EMPTY = new ImportedInterface(new LinkedHashMap<>(), Map.of());

    /// One function: with Java types, or over `WitValue`.
    sealed interface Supplied {
        record Typed(JavaFunction function) implements Supplied {}

        record Plain(HostFunction function) implements Supplied {}
    }

    ImportedInterface {
        functions = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(functions));
        resources = Map.copyOf(resources);
    }

    ImportedInterface with(String name, Supplied function) {
        SequencedMap<String, Supplied> more = new LinkedHashMap<>(functions);
        more.put(name, function);
        return new ImportedInterface(more, resources);
    }

    ImportedInterface with(String name, HostResource resource) {
        Map<String, HostResource> more = new LinkedHashMap<>(resources);
        more.put(name, resource);
        return new ImportedInterface(functions, more);
    }

    @Override
    public Optional<HostFunction> function(String name, FunctionType type) {
        Problems problems = Problems.none();
        Optional<HostFunction> found = function(name, type, problems);
        problems.refuse("the import " + name);
        return found;
    }

    Optional<HostFunction> function(String name, FunctionType type, Problems problems) {
        return find(name).map(supplied -> switch (supplied) {
            case Supplied.Plain(HostFunction function) -> function;
            case Supplied.Typed(JavaFunction function) -> typed(name, type, function, problems);
        });
    }

    private Optional<Supplied> find(String name) {
        Supplied exact = functions.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        List<Supplied> found = functions.entrySet().stream()
                .filter(each -> Names.same(name, each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static HostFunction typed(String name, FunctionType type, JavaFunction function, Problems problems) {
        Conversions conversions = new Conversions(ResourceConversions.ofHost());
        TypedSignature signature = TypedSignature.of(conversions, name, type, function.signature(), problems);
        MethodHandle plain = function.plain();
        // numbers and strings need no conversion: generated code calls the function itself
        return JavaForm.fits(type, plain.type())
                ? TypedHostFunction.of(type, MethodHandles.dropArguments(plain, 0, Sandbox.class))
                : new Converting(signature, function);
    }

    @Override
    public Optional<HostResource> resource(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    private record Converting(TypedSignature signature, JavaFunction function) implements HostFunction {
        @Override
        public Optional<WitValue> call(Sandbox sandbox, List<WitValue> arguments) {
            try {
                return signature.resultToWit(function.call(signature.argumentsToJava(arguments)));
            } catch (ResultException e) {
                return signature.error(e);
            }
        }
    }
}
