package dev.wattle.host.component.typed;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.component.LinkedComponent;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.code.JavaForm;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.Wave;
import dev.wattle.wit.WaveCall;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A component, alive: what a Java program calls. One thread at a time.
///
/// ```java
/// @WitInterface("cyber:math/operations")
/// interface Operations {
///     int add(int a, int b);
/// }
///
/// Component component = Component.load(Engines.create(), bytes);
/// try (Guest guest = Guest.start(component, Imports.none())) {
///     Operations operations = guest.bind(Operations.class);
///     operations.add(2, 40);                                  // 42
///     guest.call("cyber:math/operations#add(2, 40)");         // "42"
/// }
/// ```
public final class Guest implements AutoCloseable {
    private final LinkedComponent linked;
    private final Sandbox sandbox;
    private final boolean ownsSandbox;
    private final ComponentInstance instance;
    private final GuestExports exports;

    private Guest(LinkedComponent linked, Sandbox sandbox, boolean ownsSandbox) {
        this.linked = linked;
        this.sandbox = sandbox;
        this.ownsSandbox = ownsSandbox;
        this.instance = linked.instantiate(sandbox);
        this.exports = new GuestExports(linked.type(), instance);
    }

    /// Links the component and makes an instance in a sandbox of its own, with the default limits.
    ///
    /// @throws dev.wattle.host.component.ComponentException naming all imports that are missing
    /// @throws BindingException naming all functions of [Imports] that have another type
    /// @throws dev.wattle.host.engine.Trap when a start function traps
    public static Guest start(Component component, ImportSource imports) {
        if (imports instanceof Imports typed) {
            typed.check(component.type());
        }
        return start(component.link(imports));
    }

    /// Makes an instance in a sandbox of its own, with the default limits. To call many times with nothing left
    /// over from call to call, link once and start for each.
    public static Guest start(LinkedComponent linked) {
        Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
        try {
            return new Guest(linked, sandbox, true);
        } catch (Throwable e) {
            sandbox.close();
            throw e;
        }
    }

    /// Makes an instance in a sandbox that the caller closes.
    public static Guest in(Sandbox sandbox, LinkedComponent linked) {
        return new Guest(linked, sandbox, false);
    }

    /// The interface over the exported functions that its [WitInterface] names.
    ///
    /// @throws BindingException when the component does not export it, or a method does not fit: names them all
    public <T> T bind(Class<T> javaInterface) {
        WitInterface named = javaInterface.getAnnotation(WitInterface.class);
        if (named == null) {
            throw new BindingException(
                    javaInterface.getName(), List.of("it lacks @WitInterface, which says what it stands for"));
        }
        return bind(named.value(), javaInterface);
    }

    /// The interface over the functions of an exported WIT interface.
    ///
    /// @param interfaceName with or without version; empty for the functions at the root of the world
    /// @throws BindingException when the component does not export it, or a method does not fit: names them all
    public <T> T bind(String interfaceName, Class<T> javaInterface) {
        Map<Method, GuestCall> calls = exports.bind(interfaceName, javaInterface);
        return javaInterface.cast(Proxy.newProxyInstance(
                javaInterface.getClassLoader(),
                new Class<?>[] {javaInterface},
                new BoundHandler(interfaceName, calls)));
    }

    /// One exported function as a Java function, such as `IntBinaryOperator`. One of numbers, strings and byte
    /// arrays alone, of a public interface, calls the component without a detour, and allocates nothing for
    /// numbers; the first of its kind takes a while to make.
    ///
    /// @param interfaceName with or without version; empty for a function at the root of the world
    /// @param functional an interface with one method; its name does not matter
    /// @throws BindingException when the component does not export it, or it does not fit
    public <T> T function(String interfaceName, String name, Class<T> functional) {
        List<Method> methods = BoundHandler.methods(functional);
        if (methods.size() != 1) {
            throw new BindingException(
                    functional.getName(), List.of("it has " + methods.size() + " methods and not 1"));
        }
        GuestCall call = exports.bind(interfaceName, name, JavaSignature.of(methods.getFirst()));
        Optional<MethodHandle> direct =
                direct(interfaceName, name, call.signature().type(), methods.getFirst());
        if (direct.isPresent() && Modifier.isPublic(functional.getModifiers())) {
            return MethodHandleProxies.asInterfaceInstance(functional, direct.get());
        }
        return functional.cast(Proxy.newProxyInstance(
                functional.getClassLoader(),
                new Class<?>[] {functional},
                new BoundHandler(name, Map.of(methods.getFirst(), call))));
    }

    private Optional<MethodHandle> direct(String interfaceName, String name, FunctionType type, Method method) {
        MethodType types = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        if (!JavaForm.fits(type, types)) {
            return Optional.empty();
        }
        Optional<MethodHandle> handle = interfaceName.equals(GuestExports.ROOT)
                ? linked.handle(name, types)
                : linked.handle(exports.exportedName(interfaceName), name, types);
        return handle.map(each -> each.bindTo(instance));
    }

    /// Calls a function as WAVE writes it, `cyber:math/operations#add(2, 40)`, and returns its result in WAVE;
    /// an empty text when it has none.
    ///
    /// @throws dev.wattle.wit.WaveException when the text is no call of this function, saying where
    /// @throws BindingException when the component does not export the function
    /// @throws IllegalArgumentException when the result has no text: resources have none
    public String call(String wave) {
        WaveCall call = WaveCall.parse(wave);
        String interfaceName = call.interfaceName().orElse(GuestExports.ROOT);
        Map<String, ComponentFunction> functions = exports.functions(interfaceName);
        ComponentFunction function = functions.get(call.function());
        if (function == null) {
            throw new BindingException(
                    call.function(),
                    List.of("the component does not export it; there are " + String.join(", ", functions.keySet())));
        }
        Optional<WitValue> result = function.call(call.arguments(function.type()));
        return result.map(value -> Wave.print(function.type().result().orElseThrow(), value))
                .orElse("");
    }

    /// The instance, for calls over `WitValue`.
    public ComponentInstance instance() {
        return instance;
    }

    /// The sandbox it lives in.
    public Sandbox sandbox() {
        return sandbox;
    }

    /// Ends the sandbox, if it was made for this guest. Idempotent.
    @Override
    public void close() {
        if (ownsSandbox) {
            sandbox.close();
        }
    }
}
