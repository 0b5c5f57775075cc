package dev.wattle.spec;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.ModuleException.Code;
import dev.wattle.host.engine.Trap;
import dev.wattle.spec.Command.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Carries out the commands of one script of the core suite, against one engine, in one sandbox. One thread.
final class CoreSession implements SuiteRun.Session {
    private static final String UNKNOWN_IMPORT = "unknown import";
    private static final String INCOMPATIBLE_IMPORT = "incompatible import type";

    private final Engine engine;
    private final Path folder;
    private final GuestControl control;
    private final Slots<CoreModule> definitions = new Slots<>("module");
    private final Slots<Map<String, CoreExtern>> instances = new Slots<>("instance");
    private final Map<String, Slot<Map<String, CoreExtern>>> registered = new HashMap<>();
    private final List<CoreInstance> opened = new ArrayList<>();

    /// An import that nobody exports.
    private static final class UnknownImport extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownImport(String message) {
            super(message);
        }
    }

    /// @param spectest what scripts may import without registering it
    /// @param folder where the script's modules lie
    /// @param control runs all code of the script; whoever watches the time stops it
    CoreSession(Engine engine, Spectest spectest, Path folder, GuestControl control) {
        this.engine = engine;
        this.folder = folder;
        this.control = control;
        registered.put("spectest", new Slot.Present<>(spectest.exports(control)));
    }

    @Override
    public Outcome execute(Command command) {
        return Attempt.of(command, this::run);
    }

    private void run(Command command) {
        switch (command) {
            case Command.Module module -> instantiate(module.line(), module.name(), () -> compile(module.file()));
            case Command.Definition wanted ->
                definitions.make(wanted.line(), wanted.name(), () -> compile(wanted.file()));
            case Command.Instantiate wanted ->
                instantiate(
                        wanted.line(),
                        wanted.instance(),
                        () -> definitions.find(wanted.definition()).take());
            case Command.Register register -> register(register.as(), instances.find(register.name()));
            case Command.Perform perform -> perform(perform.action());
            case Command.AssertReturn wanted -> compare(wanted.expected(), perform(wanted.action()));
            case Command.AssertTrap wanted -> expectTrap(wanted.reason(), () -> perform(wanted.action()));
            case Command.AssertExhaustion wanted -> expectTrap(wanted.reason(), () -> perform(wanted.action()));
            case Command.AssertException wanted ->
                expectTrap(Trap.Kind.UNCAUGHT_EXCEPTION.reason(), () -> perform(wanted.action()));
            case Command.AssertInvalid wanted -> expectRefusal(Code.INVALID, wanted.file(), wanted.reason());
            case Command.AssertMalformed wanted -> expectRefusal(Code.MALFORMED, wanted.file(), wanted.reason());
            case Command.AssertMalformedText wanted -> expectRefusedText(wanted);
            case Command.AssertUnlinkable wanted -> expectUnlinkable(wanted.file(), wanted.reason());
            case Command.AssertUninstantiable wanted ->
                expectTrap(wanted.reason(), () -> instantiate(compile(wanted.file())));
            case Command.Unknown unknown ->
                throw new Mismatch("this runner does not know commands of type " + unknown.type());
        }
    }

    /// Whatever stands for the name from here, a command that registers nothing has failed.
    private void register(String as, Slot<Map<String, CoreExtern>> instance) {
        registered.put(as, instance);
        var _ = instance.take();
    }

    private void instantiate(int line, Optional<String> name, Supplier<CoreModule> module) {
        instances.make(line, name, () -> instantiate(module.get()));
    }

    private CoreModule compile(String file) {
        try {
            return engine.compile(Files.readAllBytes(folder.resolve(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException("reading " + folder.resolve(file), failure);
        }
    }

    private Map<String, CoreExtern> instantiate(CoreModule module) {
        var imports = module.imports().stream().map(this::resolve).toList();
        control.enter();
        try {
            CoreInstance instance = module.instantiate(imports, CoreLimits.DEFAULTS, control);
            opened.add(instance);
            var exports = new HashMap<String, CoreExtern>();
            module.exports().forEach(export -> exports.put(export.name(), instance.export(export.name())));
            return exports;
        } finally {
            control.exit();
        }
    }

    private CoreExtern resolve(CoreModule.CoreImport wanted) {
        var from = registered.get(wanted.module());
        CoreExtern found = from == null ? null : from.take().get(wanted.name());
        if (found == null) {
            throw new UnknownImport("%s: \"%s\" \"%s\"".formatted(UNKNOWN_IMPORT, wanted.module(), wanted.name()));
        }
        return found;
    }

    private List<@Nullable Object> perform(Action action) {
        CoreExtern export = instances.find(action.instance()).take().get(action.field());
        return switch (action) {
            case Action.Invoke invoke
            when export instanceof CoreExtern.Function function -> call(function, invoke.field(), invoke.arguments());
            case Action.Get _
            when export instanceof CoreExtern.Global global ->
                call(GlobalReader.reader(engine, global, control), action.field(), List.of());
            case Action.Invoke _, Action.Get _ ->
                throw new Mismatch("\"%s\" is not exported as the script says".formatted(action.field()));
        };
    }

    private List<@Nullable Object> call(CoreExtern.Function function, String name, List<@Nullable Object> arguments) {
        control.enter();
        try {
            Object result = function.handle().invokeWithArguments(arguments);
            int results = function.type().results().size();
            return switch (results) {
                case 0 -> List.of();
                case 1 -> Collections.singletonList(result);
                default -> Arrays.asList((@Nullable Object[]) Objects.requireNonNull(result));
            };
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException("calling " + name, failure);
        } finally {
            control.exit();
        }
    }

    private static void compare(List<Pattern> expected, List<@Nullable Object> actual) {
        boolean equal = expected.size() == actual.size()
                && IntStream.range(0, expected.size())
                        .allMatch(i -> expected.get(i).matches(actual.get(i)));
        if (!equal) {
            throw new Mismatch("expected %s, got %s"
                    .formatted(expected, actual.stream().map(Pattern::describe).toList()));
        }
    }

    private static void expectTrap(String reason, Runnable action) {
        try {
            action.run();
        } catch (Trap trap) {
            if (agrees(reason, trap)) {
                return;
            }
            throw new Mismatch("expected the trap '%s', got %s".formatted(reason, Attempt.describe(trap)));
        }
        throw new Mismatch("expected the trap '%s', and it went well".formatted(reason));
    }

    /// The suite's reasons are ours, sometimes with more words: `uninitialized element 2`, `null function
    /// reference`.
    private static boolean agrees(String reason, Trap trap) {
        return trap.kind() == Trap.Kind.NULL_REFERENCE
                ? reason.startsWith("null ") && reason.endsWith("reference")
                : reason.startsWith(trap.kind().reason());
    }

    private void expectRefusal(Code code, String file, String reason) {
        try {
            compile(file);
        } catch (ModuleException refused) {
            if (refused.code() == Code.UNSUPPORTED) {
                throw refused;
            }
            if (refused.code() != code) {
                throw new Mismatch(
                        "expected %s '%s' (%s), got %s".formatted(code, reason, file, Attempt.describe(refused)));
            }
            return;
        }
        throw new Mismatch("expected %s '%s' (%s), and it was accepted".formatted(code, reason, file));
    }

    private static void expectRefusedText(Command.AssertMalformedText text) {
        if (!text.refused()) {
            throw new Mismatch("wasm-tools accepts a text that the suite calls malformed: " + text.file());
        }
    }

    private void expectUnlinkable(String file, String reason) {
        try {
            instantiate(compile(file));
        } catch (UnknownImport | LinkException refused) {
            String expected = refused instanceof LinkException ? INCOMPATIBLE_IMPORT : UNKNOWN_IMPORT;
            if (!reason.startsWith(expected)) {
                throw new Mismatch("expected '%s' (%s), got %s".formatted(reason, file, Attempt.describe(refused)));
            }
            return;
        }
        throw new Mismatch("expected '%s' (%s), and it was linked".formatted(reason, file));
    }

    @Override
    public void stop(String reason) {
        control.stop(reason);
    }

    @Override
    public void close() {
        opened.reversed().forEach(CoreInstance::close);
        opened.clear();
    }
}
