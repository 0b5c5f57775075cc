package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The code of all functions of a plan. Functions are told first, then [#define] makes the classes; their handles may
/// be handed on before what they call exists, and [#initialize] ends it. One use, one thread.
public final class PlanCode {
    /// A class has room for some thousand small functions; fewer are found sooner.
    private static final int FUNCTIONS_OF_CLASS = 200;

    /// A component with more functions leaves the others to the interpreter: nobody calls so many often.
    private static final int MAX_FUNCTIONS = 4_000;

    /// Each type may become four methods, with three constants each: a class has room for 65,535 constants.
    private static final int NODES_OF_CLASS = 4_000;

    /// Some megabytes of code, made in a second. Programs have some thousand.
    private static final int MAX_NODES = 40_000;

    private final ToIntFunction<ResourceType> resources;
    private final List<Part> parts = new ArrayList<>();
    private int functions;
    private int nodes;

    /// @param resources where the context has what a resource type stands for
    public PlanCode(ToIntFunction<ResourceType> resources) {
        this.resources = resources;
    }

    /// The options of a canonical definition.
    ///
    /// @param memory its slot, or -1
    public record Options(
            StringEncoding encoding,
            int memory,
            @Nullable CoreCallee realloc,
            @Nullable CoreCallee postReturn) {
        private boolean hasCode() {
            return isOfInstance(realloc) && isOfInstance(postReturn);
        }

        private static boolean isOfInstance(@Nullable CoreCallee callee) {
            return callee == null || callee.instance() != CoreCallee.OF_CONTEXT;
        }
    }

    /// A side of a function that a guest has.
    ///
    /// @param state the slot of the component instance
    public record Side(int state, Options options) {}

    /// Code that will be there.
    public static final class Code {
        private final Part part;
        private final String method;
        private final MethodType type;

        private Code(Part part, String method, MethodType type) {
            this.part = part;
            this.method = method;
            this.type = type;
        }

        /// After [PlanCode#define].
        public MethodHandle handle() {
            return part.defined().method(method, type);
        }
    }

    /// One class.
    private final class Part {
        final GeneratedClass target = new GeneratedClass("Calls");
        final TypeNodes nodes = new TypeNodes(resources);
        final CallCode calls = new CallCode(target, nodes);
        final Map<CoreCallee, GeneratedClass.Constant> callees = new HashMap<>();
        int functions;
        int counted;
        GeneratedClass.@Nullable Defined defined;

        /// For one more function, which has so many nodes?
        boolean hasRoom(int more) {
            return functions < FUNCTIONS_OF_CLASS && counted + more <= NODES_OF_CLASS;
        }

        GeneratedClass.Defined defined() {
            if (defined == null) {
                throw new IllegalStateException("asked for before it is defined");
            }
            return defined;
        }

        CallOptions options(Options options) {
            return new CallOptions(
                    options.encoding(), options.memory(), callee(options.realloc()), callee(options.postReturn()));
        }

        CallOptions.@Nullable CoreCallee callee(@Nullable CoreCallee callee) {
            return callee == null ? null : known(callee);
        }

        CallOptions.CoreCallee known(CoreCallee callee) {
            GeneratedClass.Constant handle =
                    callees.computeIfAbsent(callee, _ -> target.late(ConstantDescs.CD_MethodHandle, callee::handle));
            return new CallOptions.CoreCallee(handle, callee.instance());
        }
    }

    /// The class for one more function; none when there are too many, or their types are too large together.
    private @Nullable Part next(FunctionType type) {
        int count = TypeNodes.count(type);
        if (functions == MAX_FUNCTIONS || count > MAX_NODES - nodes) {
            return null;
        }
        functions++;
        nodes += count;
        if (parts.isEmpty() || !parts.getLast().hasRoom(count)) {
            parts.add(new Part());
        }
        Part part = parts.getLast();
        part.functions++;
        part.counted += count;
        return part;
    }

    /// A function of the host that a guest calls: `(Context, flat parameters…) → flat result`.
    ///
    /// @param name of the import, for messages
    /// @param function the slot of the host's function
    public Optional<Code> ofHost(String name, FunctionType type, Side caller, int function) {
        Part part = caller.options().hasCode() && HostCode.accepts(type) ? next(type) : null;
        if (part == null) {
            return Optional.empty();
        }
        String method = "host" + part.functions;
        CallOptions options = part.options(caller.options());
        new HostCode(part.calls).add(new HostCode.Site(method, name, type, caller.state(), options, function));
        return Optional.of(new Code(part, method, lowered(type)));
    }

    /// A function of the host with Java's own types that a guest calls: `(Context, flat parameters…) → flat result`.
    ///
    /// @param function `(Sandbox, parameters…) → result`
    public Optional<Code> ofJava(String name, FunctionType type, Side caller, MethodHandle function) {
        Part part = caller.options().hasCode() && HostCode.accepts(type) ? next(type) : null;
        if (part == null) {
            return Optional.empty();
        }
        String method = "java" + part.functions;
        CallOptions options = part.options(caller.options());
        new JavaHostCode(part.calls)
                .add(new HostCode.Site(method, name, type, caller.state(), options, CallOptions.NONE), function);
        return Optional.of(new Code(part, method, lowered(type)));
    }

    /// A function of one guest that another calls: `(Context, flat parameters…) → flat result`.
    ///
    /// @param function the core function that is lifted
    public Optional<Code> ofGuest(FunctionType type, Side caller, Side callee, CoreCallee function) {
        boolean known = function.instance() != CoreCallee.OF_CONTEXT
                && caller.options().hasCode()
                && callee.options().hasCode()
                && FusedCode.accepts(type);
        Part part = known ? next(type) : null;
        if (part == null) {
            return Optional.empty();
        }
        String method = "fused" + part.functions;
        new FusedCode(part.target, part.nodes)
                .add(new FusedCode.Site(
                        method,
                        type,
                        caller.state(),
                        part.options(caller.options()),
                        callee.state(),
                        part.options(callee.options()),
                        part.known(function)));
        return Optional.of(new Code(part, method, lowered(type)));
    }

    /// A function of a guest that the host calls with values: `(Context, List) → Optional`.
    ///
    /// @param function the core function that is lifted
    public Optional<Code> lifted(FunctionType type, Side callee, CoreCallee function) {
        boolean known =
                function.instance() != CoreCallee.OF_CONTEXT && callee.options().hasCode() && GuestCode.accepts(type);
        Part part = known ? next(type) : null;
        if (part == null) {
            return Optional.empty();
        }
        String method = "lifted" + part.functions;
        new GuestCode(part.calls).add(site(method, type, callee, function, part));
        return Optional.of(new Code(part, method, MethodType.methodType(Optional.class, Context.class, List.class)));
    }

    /// The same with Java's own types: `(Context, parameters…) → result`.
    ///
    /// @param types which [JavaForm#fits] accepts
    public Optional<Code> typed(FunctionType type, Side callee, CoreCallee function, MethodType types) {
        boolean known =
                function.instance() != CoreCallee.OF_CONTEXT && callee.options().hasCode() && GuestCode.accepts(type);
        Part part = known ? next(type) : null;
        if (part == null) {
            return Optional.empty();
        }
        String method = "typed" + part.functions;
        new JavaGuestCode(part.calls).add(site(method, type, callee, function, part), types);
        return Optional.of(new Code(part, method, types.insertParameterTypes(0, Context.class)));
    }

    private static GuestCode.Site site(String method, FunctionType type, Side callee, CoreCallee function, Part part) {
        return new GuestCode.Site(method, type, callee.state(), part.options(callee.options()), part.known(function));
    }

    private static MethodType lowered(FunctionType type) {
        return withContext(CanonicalAbi.flatten(type, CanonicalAbi.Context.LOWER));
    }

    private static MethodType withContext(dev.wattle.host.engine.CoreType.Function type) {
        return type.handleType().insertParameterTypes(0, Context.class);
    }

    /// Makes the classes.
    public void define() {
        parts.forEach(part -> part.defined = part.target.define(part.target.build()));
    }

    /// Asks for what the classes call.
    public void initialize() {
        parts.forEach(part -> part.defined().initialize());
    }
}
