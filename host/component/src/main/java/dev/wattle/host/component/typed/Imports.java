package dev.wattle.host.component.typed;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentType;
import dev.wattle.host.component.ExternType;
import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.component.typed.ImportedInterface.Supplied;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a Java program supplies to components: functions as lambdas, whole interfaces as objects, resources as
/// classes. Immutable: each call makes another that has more. Safe for any thread, if what is supplied is.
///
/// ```java
/// Imports imports = Imports.none()
///         .function("cyber:math/operations", "add", (Integer a, Integer b) -> a + b)
///         .or(new WasiImports(WasiContext.of("guest")));
///
/// @WitInterface("test:app/clock@0.1.0")
/// interface Clock {
///     long now();
/// }
/// Imports more = imports.implement(Clock.class, () -> 42);
///
/// record Counter(int start) {}                        // a resource: constructor, methods and static methods
/// Imports most = more.resource("test:app/counters", "counter", Counter.class);
/// ```
///
/// An interface that is named without a version serves every version of it; one with a version serves those
/// that its version is compatible with ([InterfaceName#serves]).
@SuppressWarnings("overloads") // a lambda has the types of its parameters written out: then no two are meant
public final class Imports implements ImportSource {
    private static final String ROOT = GuestExports.ROOT;
    private static final Imports NONE = new Imports(Map.of(), List.of());

    private final Map<String, ImportedInterface> interfaces;
    private final List<ImportSource> others;

    private Imports(Map<String, ImportedInterface> interfaces, List<ImportSource> others) {
        this.interfaces = new LinkedHashMap<>(interfaces);
        this.others = List.copyOf(others);
    }

    /// Nothing.
    public static Imports none() {
        return NONE;
    }

    /// Asks `source` for interfaces and functions that are not here.
    public Imports or(ImportSource source) {
        List<ImportSource> more = new ArrayList<>(others);
        more.add(source);
        return new Imports(interfaces, more);
    }

    /// Implements a function over `WitValue`.
    ///
    /// @param interfaceName with or without version; empty for a function at the root of the world
    /// @param name as in WIT: `convert`, `[method]input-stream.read`
    public Imports hostFunction(String interfaceName, String name, HostFunction function) {
        return with(interfaceName, of(interfaceName).with(name, new Supplied.Plain(function)));
    }

    /// Implements a function without parameters.
    public <R extends @Nullable Object> Imports function(String interfaceName, String name, Lambda.F0<R> function) {
        return lambda(interfaceName, name, function);
    }

    /// Implements a function of one parameter.
    public <A, R extends @Nullable Object> Imports function(
            String interfaceName, String name, Lambda.F1<A, R> function) {
        return lambda(interfaceName, name, function);
    }

    /// Implements a function of two parameters.
    public <A, B, R extends @Nullable Object> Imports function(
            String interfaceName, String name, Lambda.F2<A, B, R> function) {
        return lambda(interfaceName, name, function);
    }

    /// Implements a function of three parameters.
    public <A, B, C, R extends @Nullable Object> Imports function(
            String interfaceName, String name, Lambda.F3<A, B, C, R> function) {
        return lambda(interfaceName, name, function);
    }

    /// Implements a function of four parameters.
    public <A, B, C, D, R extends @Nullable Object> Imports function(
            String interfaceName, String name, Lambda.F4<A, B, C, D, R> function) {
        return lambda(interfaceName, name, function);
    }

    /// Implements a function without parameters and result.
    public Imports function(String interfaceName, String name, Lambda.V0 function) {
        return lambda(interfaceName, name, function);
    }

    /// Implements a function of one parameter without result.
    public <A> Imports function(String interfaceName, String name, Lambda.V1<A> function) {
        return lambda(interfaceName, name, function);
    }

    /// Implements a function of two parameters without result.
    public <A, B> Imports function(String interfaceName, String name, Lambda.V2<A, B> function) {
        return lambda(interfaceName, name, function);
    }

    /// Implements a function of three parameters without result.
    public <A, B, C> Imports function(String interfaceName, String name, Lambda.V3<A, B, C> function) {
        return lambda(interfaceName, name, function);
    }

    private Imports lambda(String interfaceName, String name, Lambda function) {
        return with(interfaceName, of(interfaceName).with(name, new Supplied.Typed(JavaFunction.of(function))));
    }

    /// Implements the interface that a Java interface stands for, by an object.
    ///
    /// @param javaInterface with [WitInterface]
    public <T> Imports implement(Class<T> javaInterface, T implementation) {
        WitInterface named = javaInterface.getAnnotation(WitInterface.class);
        if (named == null) {
            throw new BindingException(
                    javaInterface.getName(), List.of("it lacks @WitInterface, which says what it stands for"));
        }
        return implement(named.value(), javaInterface, implementation);
    }

    /// Implements an interface by an object.
    ///
    /// @param interfaceName with or without version; empty for the functions at the root of the world
    public <T> Imports implement(String interfaceName, Class<T> javaInterface, T implementation) {
        ImportedInterface implemented = of(interfaceName);
        for (Method method : javaInterface.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                implemented =
                        implemented.with(name(method), new Supplied.Typed(JavaFunction.of(method, implementation)));
            }
        }
        return with(interfaceName, implemented);
    }

    private static String name(Method method) {
        WitName given = method.getAnnotation(WitName.class);
        return given == null ? method.getName() : given.value();
    }

    /// Implements a resource by a class: its public constructor, methods and static methods are the resource's.
    /// When a guest drops its handle, an object that is `AutoCloseable` is closed.
    ///
    /// @param resource its WIT name
    public Imports resource(String interfaceName, String resource, Class<?> implementation) {
        ImportedInterface implemented = of(interfaceName)
                .with(resource, new HostResource(new ResourceType(resource), (_, object) -> close(object)));
        for (Constructor<?> constructor : implementation.getConstructors()) {
            implemented =
                    implemented.with("[constructor]" + resource, new Supplied.Typed(JavaFunction.of(constructor)));
        }
        for (Method method : implementation.getMethods()) {
            if (method.getDeclaringClass() != Object.class && !method.isBridge()) {
                String kind = Modifier.isStatic(method.getModifiers()) ? "[static]" : "[method]";
                String name = name(method);
                String full = name.startsWith("[") ? name : kind + resource + "." + name;
                implemented = implemented.with(full, new Supplied.Typed(JavaFunction.of(method)));
            }
        }
        return with(interfaceName, implemented);
    }

    private static void close(Object object) {
        if (object instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw Reach.rethrow(e);
            }
        }
    }

    private ImportedInterface of(String interfaceName) {
        return interfaces.getOrDefault(interfaceName, ImportedInterface.EMPTY);
    }

    private Imports with(String interfaceName, ImportedInterface changed) {
        Map<String, ImportedInterface> more = new LinkedHashMap<>(interfaces);
        more.put(interfaceName, changed);
        return new Imports(more, others);
    }

    /// Does everything that is here fit what the component imports? What is missing, linking tells.
    ///
    /// @throws BindingException naming all functions that do not fit
    public void check(ComponentType type) {
        Problems problems = Problems.none();
        type.imports().forEach((name, item) -> {
            switch (item) {
                case ExternType.FunctionItem(FunctionType function) -> of(ROOT).function(name, function, problems);
                case ExternType.InterfaceItem wanted ->
                    supplied(name)
                            .ifPresent(supplied -> wanted.functions()
                                    .forEach((function, functionType) ->
                                            supplied.function(function, functionType, problems.inside(name + "#"))));
                case ExternType.TypeItem _,
                        ExternType.OtherTypeItem _,
                        ExternType.ResourceItem _,
                        ExternType.ModuleItem _,
                        ExternType.ComponentItem _,
                        ExternType.ValueItem _ -> {}
            }
        });
        problems.refuse("what the program supplies");
    }

    private Optional<ImportedInterface> supplied(String wanted) {
        return InterfaceName.best(wanted, interfaces.keySet()).map(interfaces::get);
    }

    @Override
    public Optional<HostInterface> interfaceFor(InterfaceName name) {
        Optional<HostInterface> here = supplied(name.toString()).map(found -> found);
        return here.or(() -> others.stream()
                .flatMap(other -> other.interfaceFor(name).stream())
                .findFirst());
    }

    @Override
    public Optional<HostInterface> rootInstance(String name) {
        Optional<HostInterface> here = Optional.ofNullable(interfaces.get(name));
        return here.or(() -> others.stream()
                .flatMap(other -> other.rootInstance(name).stream())
                .findFirst());
    }

    @Override
    public Optional<HostResource> rootResource(String name) {
        return of(ROOT).resource(name)
                .or(() -> others.stream()
                        .flatMap(other -> other.rootResource(name).stream())
                        .findFirst());
    }

    @Override
    public Optional<CoreModule> rootModule(String name) {
        return others.stream().flatMap(other -> other.rootModule(name).stream()).findFirst();
    }

    @Override
    public Optional<Component> rootComponent(String name) {
        return others.stream()
                .flatMap(other -> other.rootComponent(name).stream())
                .findFirst();
    }

    @Override
    public Optional<HostFunction> rootFunction(String name, FunctionType type) {
        Optional<HostFunction> here = of(ROOT).function(name, type);
        return here.or(() -> others.stream()
                .flatMap(other -> other.rootFunction(name, type).stream())
                .findFirst());
    }
}
