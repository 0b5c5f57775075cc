package dev.wattle.spec;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.Feature;
import dev.wattle.host.component.Layer;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.Trap;
import dev.wattle.spec.Command.Action;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries out the commands of one script that are about components. Each instance at the root lives in a sandbox
/// of its own, so that a trap of one is no other's. One thread; any thread may stop it.
final class ComponentSession implements SuiteRun.Session {
    /// All but those nested names that `extern-names.wast` calls invalid.
    private static final Set<Feature> FEATURES = EnumSet.complementOf(EnumSet.of(Feature.NESTED_NAMES));

    private final Engine engine;
    private final Layer layer;
    private final Path folder;
    private final Slots<Component> definitions = new Slots<>("component");
    private final Slots<Live> instances = new Slots<>("instance");
    private final Map<String, Slot<Live>> registered = new HashMap<>();
    private final HostImports imports;
    private final Deque<Sandbox> opened = new ArrayDeque<>();
    private final Object lock = new Object();
    private @Nullable GuestControl running; // guarded by lock
    private @Nullable String stopped; // guarded by lock

    /// An instance of a component.
    private record Live(Sandbox sandbox, ComponentInstance instance) {}

    ComponentSession(Engine engine, Layer layer, Path folder) {
        this.engine = engine;
        this.layer = layer;
        this.folder = folder;
        this.imports = new HostImports(new HostInstance(engine), this::importable);
    }

    private Optional<ComponentInstance> importable(String name) {
        return Optional.ofNullable(registered.get(name))
                .or(() -> instances.named(name))
                .map(slot -> slot.take().instance());
    }

    @Override
    public Outcome execute(Command command) {
        return Attempt.of(command, this::run);
    }

    private void run(Command command) {
        switch (command) {
            case Command.Module module -> instantiate(module.line(), module.name(), () -> load(module.file()));
            case Command.Definition wanted -> definitions.make(wanted.line(), wanted.name(), () -> load(wanted.file()));
            case Command.Instantiate wanted ->
                instantiate(
                        wanted.line(),
                        wanted.instance(),
                        () -> definitions.find(wanted.definition()).take());
            case Command.Perform perform -> perform(perform.action());
            case Command.AssertReturn wanted -> compare(wanted.expected(), perform(wanted.action()));
            case Command.AssertTrap wanted -> expectTrap(wanted.reason(), () -> perform(wanted.action()));
            case Command.AssertExhaustion wanted -> expectTrap(wanted.reason(), () -> perform(wanted.action()));
            case Command.AssertException wanted ->
                expectTrap(Trap.Kind.UNCAUGHT_EXCEPTION.reason(), () -> perform(wanted.action()));
            case Command.AssertInvalid wanted -> expectRefusal(wanted.file(), wanted.reason());
            case Command.AssertMalformed wanted -> expectRefusal(wanted.file(), wanted.reason());
            case Command.AssertUnlinkable wanted -> expectUnlinkable(wanted.file(), wanted.reason());
            case Command.AssertUninstantiable wanted ->
                expectTrap(wanted.reason(), () -> instantiate(load(wanted.file())));
            case Command.Register register -> register(register.as(), instances.find(register.name()));
            case Command.AssertMalformedText _, Command.Unknown _ ->
                throw new Mismatch("a component script has no command " + command);
        }
    }

    /// Whatever stands for the name from here, a command that registers nothing has failed.
    private void register(String as, Slot<Live> instance) {
        registered.put(as, instance);
        var _ = instance.take();
    }

    private void instantiate(int line, Optional<String> name, Supplier<Component> component) {
        instances.make(line, name, () -> instantiate(component.get()));
    }

    private Component load(String file) {
        try {
            return Component.load(engine, Files.readAllBytes(folder.resolve(file)), FEATURES);
        } catch (IOException failure) {
            throw new UncheckedIOException("reading " + folder.resolve(file), failure);
        }
    }

    private Live instantiate(Component component) {
        var linked = component.link(imports, layer);
        var sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
        opened.push(sandbox);
        return new Live(sandbox, within(sandbox, () -> linked.instantiate(sandbox)));
    }

    private Optional<Object> perform(Action action) {
        if (!(action instanceof Action.Invoke invoke)) {
            throw new Mismatch("a component has nothing to get: " + action);
        }
        var live = instances.find(action.instance()).take();
        var function = live.instance()
                .function(action.field())
                .orElseThrow(() -> new Mismatch("no function \"%s\" is exported".formatted(action.field())));
        var arguments = arguments(function, invoke.arguments());
        return within(live.sandbox(), () -> function.call(arguments))
                .map(value -> Answer.of(function.type().result().orElseThrow(), value));
    }

    private static List<WitValue> arguments(ComponentFunction function, List<@Nullable Object> literals) {
        var parameters = function.type().parameters();
        if (parameters.size() != literals.size()) {
            throw new Mismatch("%d arguments for %s".formatted(literals.size(), function.type()));
        }
        var arguments = new ArrayList<WitValue>();
        for (int i = 0; i < literals.size(); i++) {
            arguments.add(argument(parameters.get(i).type(), literals.get(i)));
        }
        return arguments;
    }

    private static WitValue argument(WitType type, @Nullable Object literal) {
        return switch (literal) {
            case Literal value -> value.as(type);
            case Float number when type == WitType.Primitive.F32 -> new WitValue.F32(number);
            case Double number when type == WitType.Primitive.F64 -> new WitValue.F64(number);
            case null, default -> throw new Mismatch("%s is not of the type %s".formatted(literal, type));
        };
    }

    private static void compare(List<Pattern> expected, Optional<Object> actual) {
        boolean equal = expected.size() == (actual.isPresent() ? 1 : 0)
                && actual.map(value -> expected.getFirst().matches(value)).orElse(true);
        if (!equal) {
            throw new Mismatch("expected %s, got %s".formatted(expected, actual.map(Pattern::describe)));
        }
    }

    private static void expectTrap(String reason, Runnable action) {
        try {
            action.run();
        } catch (Trap trap) {
            if (Reasons.agree(reason, trap)) {
                return;
            }
            throw new Mismatch("expected the trap '%s', got %s".formatted(reason, Attempt.describe(trap)));
        }
        throw new Mismatch("expected the trap '%s', and it went well".formatted(reason));
    }

    /// The suite's border between what is malformed and what is invalid is that of one decoder.
    private void expectRefusal(String file, String reason) {
        try {
            load(file);
        } catch (ComponentException refused) {
            switch (refused.code()) {
                case NOT_A_COMPONENT, MALFORMED, INVALID -> {
                    return;
                }
                case UNSUPPORTED -> throw refused;
                case UNRESOLVED_IMPORT, LIMIT -> {
                    if (refused.code() == ComponentException.Code.LIMIT && Reasons.isLimit(reason)) {
                        return;
                    }
                    throw new Mismatch("expected '%s' (%s), got %s".formatted(reason, file, Attempt.describe(refused)));
                }
            }
        }
        throw new Mismatch("expected '%s' (%s), and it was accepted".formatted(reason, file));
    }

    private void expectUnlinkable(String file, String reason) {
        var component = load(file);
        try {
            instantiate(component);
        } catch (LinkException refused) {
            return;
        } catch (ComponentException refused) {
            if (refused.code() == ComponentException.Code.UNRESOLVED_IMPORT
                    || refused.code() == ComponentException.Code.INVALID) {
                return;
            }
            throw refused;
        }
        throw new Mismatch("expected '%s' (%s), and it was linked".formatted(reason, file));
    }

    /// Runs guest code such that [#stop] finds it.
    private <T> T within(Sandbox sandbox, Supplier<T> code) {
        synchronized (lock) {
            running = sandbox.control();
            if (stopped != null) {
                running.stop(stopped);
            }
        }
        try {
            return code.get();
        } finally {
            synchronized (lock) {
                running = null;
            }
        }
    }

    @Override
    public void stop(String reason) {
        synchronized (lock) {
            stopped = reason;
            if (running != null) {
                running.stop(reason);
            }
        }
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
