package dev.wattle.host.component.typed;

import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.ComponentType;
import dev.wattle.host.component.ExternType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The exports of one instance, and how they are bound to Java interfaces. One sandbox, one thread at a time.
final class GuestExports {
    /// The functions at the root of the world.
    static final String ROOT = "";

    private static final String METHOD = "[method]";
    private static final String CONSTRUCTOR = "[constructor]";

    private final ComponentType type;
    private final ComponentInstance instance;
    private final Conversions conversions;
    private final Map<ResourceKey, ResourceBinding> bindings = new HashMap<>();
    private @Nullable Map<ResourceType, Methods> resources;

    /// The methods of a resource by their names.
    private record Methods(String resource, Map<String, ComponentFunction> functions) {
        Methods(String resource) {
            this(resource, new LinkedHashMap<>());
        }
    }

    private record ResourceKey(ResourceType resource, Class<?> javaInterface) {}

    GuestExports(ComponentType type, ComponentInstance instance) {
        this.type = type;
        this.instance = instance;
        this.conversions = new Conversions(
                new ResourceConversions(resource -> resourceMethods().containsKey(resource), this::bindResource));
    }

    /// The functions of an interface by name.
    ///
    /// @throws BindingException when it is not exported
    Map<String, ComponentFunction> functions(String interfaceName) {
        Map<String, ComponentFunction> functions = new LinkedHashMap<>();
        if (interfaceName.equals(ROOT)) {
            type.exports().forEach((name, item) -> {
                if (item instanceof ExternType.FunctionItem) {
                    functions.put(name, instance.function(name).orElseThrow());
                }
            });
            return functions;
        }
        String exported = exportedName(interfaceName);
        if (type.exports().get(exported) instanceof ExternType.InterfaceItem item) {
            item.functions()
                    .keySet()
                    .forEach(name -> functions.put(
                            name, instance.function(exported, name).orElseThrow()));
        }
        return functions;
    }

    /// @throws BindingException when no such interface is exported
    String exportedName(String wanted) {
        Set<String> names = type.exports().entrySet().stream()
                .filter(export -> export.getValue() instanceof ExternType.InterfaceItem)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return InterfaceName.best(wanted, names)
                .orElseThrow(() -> new BindingException(
                        wanted, List.of("the component does not export it; it exports " + listed(names))));
    }

    private static String listed(Collection<String> names) {
        return names.isEmpty() ? "no interface" : String.join(", ", names);
    }

    /// @throws BindingException when a method has no function, or another type
    Map<Method, GuestCall> bind(String interfaceName, Class<?> javaInterface) {
        Map<String, ComponentFunction> functions = functions(interfaceName);
        Problems problems = Problems.none();
        Map<Method, GuestCall> calls = new HashMap<>();
        for (Method method : BoundHandler.methods(javaInterface)) {
            Optional<String> label = Names.find(method, method.getName(), functions.keySet());
            if (label.isEmpty()) {
                problems.add("there is no function '%s' for the method %s; there are %s"
                        .formatted(Names.kebab(method.getName()), method.getName(), listed(functions.keySet())));
            } else {
                calls.put(method, call(label.get(), functions.get(label.get()), JavaSignature.of(method), problems));
            }
        }
        refuse(javaInterface.getName(), problems);
        return calls;
    }

    /// @throws BindingException when there is no such function, or it has another type
    GuestCall bind(String interfaceName, String function, JavaSignature java) {
        Map<String, ComponentFunction> functions = functions(interfaceName);
        ComponentFunction found = functions.get(function);
        if (found == null) {
            throw new BindingException(
                    function, List.of("the component does not export it; there are " + listed(functions.keySet())));
        }
        Problems problems = Problems.none();
        GuestCall call = call(function, found, java, problems);
        refuse(function, problems);
        return call;
    }

    /// What was bound along with something that does not fit may not fit either.
    private void refuse(String what, Problems problems) {
        if (problems.found()) {
            bindings.clear();
        }
        problems.refuse(what);
    }

    private GuestCall call(String name, @Nullable ComponentFunction function, JavaSignature java, Problems problems) {
        ComponentFunction found = Objects.requireNonNull(function, name);
        return new GuestCall(found, TypedSignature.of(conversions, name, found.type(), java, problems));
    }

    private ResourceBinding bindResource(ResourceType resource, Class<?> javaInterface, Problems problems) {
        ResourceKey key = new ResourceKey(resource, javaInterface);
        ResourceBinding known = bindings.get(key);
        if (known != null) {
            return known;
        }
        ResourceBinding binding = new ResourceBinding(javaInterface);
        bindings.put(key, binding);
        Methods found = resourceMethods().getOrDefault(resource, new Methods(resource.name()));
        Map<String, ComponentFunction> methods = found.functions();
        for (Method method : BoundHandler.methods(javaInterface)) {
            Optional<String> label = Names.find(method, method.getName(), methods.keySet());
            if (label.isPresent()) {
                ComponentFunction function = Objects.requireNonNull(methods.get(label.get()));
                TypedSignature signature = TypedSignature.of(
                        conversions,
                        METHOD + found.resource() + "." + label.get(),
                        withoutSelf(function.type()),
                        JavaSignature.of(method),
                        problems);
                binding.calls.put(method, new GuestCall(function, signature));
            } else if (!BoundHandler.isClose(method)) {
                problems.add("the resource '%s' has no method '%s' for %s.%s; it has %s"
                        .formatted(
                                found.resource(),
                                Names.kebab(method.getName()),
                                javaInterface.getSimpleName(),
                                method.getName(),
                                listed(methods.keySet())));
            }
        }
        return binding;
    }

    private static FunctionType withoutSelf(FunctionType type) {
        return new FunctionType(type.parameters().subList(1, type.parameters().size()), type.result(), type.async());
    }

    /// The methods of each resource that the guest exports, by their names.
    private Map<ResourceType, Methods> resourceMethods() {
        Map<ResourceType, Methods> found = resources;
        if (found == null) {
            found = new HashMap<>();
            addMethods(functions(ROOT), found);
            for (Map.Entry<String, ExternType> export : type.exports().entrySet()) {
                if (export.getValue() instanceof ExternType.InterfaceItem item
                        && !item.resources().isEmpty()) {
                    addMethods(functions(export.getKey()), found);
                }
            }
            resources = found;
        }
        return found;
    }

    private static void addMethods(Map<String, ComponentFunction> functions, Map<ResourceType, Methods> found) {
        functions.forEach((name, function) -> {
            if (name.startsWith(METHOD)) {
                int dot = name.indexOf('.');
                WitType self = function.type().parameters().getFirst().type();
                found.computeIfAbsent(
                                ((WitType.BorrowType) self).resource(),
                                _ -> new Methods(name.substring(METHOD.length(), dot)))
                        .functions()
                        .put(name.substring(dot + 1), function);
            } else if (name.startsWith(CONSTRUCTOR)) {
                made(function.type())
                        .ifPresent(resource -> found.computeIfAbsent(
                                resource, _ -> new Methods(name.substring(CONSTRUCTOR.length()))));
            }
        });
    }

    private static Optional<ResourceType> made(FunctionType constructor) {
        return switch (constructor.result().orElse(null)) {
            case WitType.OwnType(var resource) -> Optional.of(resource);
            case WitType.ResultType(var ok, var _)
            when ok.orElse(null) instanceof WitType.OwnType(var resource) -> Optional.of(resource);
            case null, default -> Optional.empty();
        };
    }
}
