package dev.wattle.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries out the commands of a script that may be about core modules and about components: hands each to the
/// session whose business it is. One thread.
final class MixedSession implements SuiteRun.Session {
    /// A component says so in the second half of its version.
    private static final int LAYER_AT = 6;

    private final Path folder;
    private final Set<Integer> componentLines;
    private final SuiteRun.Session core;
    private final SuiteRun.Session components;
    private final Map<String, SuiteRun.Session> definitions = new HashMap<>();
    private final Map<String, SuiteRun.Session> instances = new HashMap<>();
    private SuiteRun.Session lastDefinition;
    private SuiteRun.Session current;

    MixedSession(SuiteRun.Script script, SuiteRun.Session core, SuiteRun.Session components) {
        this.folder = script.folder();
        this.componentLines = script.componentLines();
        this.core = core;
        this.components = components;
        this.lastDefinition = components;
        this.current = components;
    }

    @Override
    public Outcome execute(Command command) {
        return sessionFor(command).execute(command);
    }

    private SuiteRun.Session sessionFor(Command command) {
        return switch (command) {
            case Command.Module module -> instance(module.name(), sessionFor(module.line(), module.file()));
            case Command.Definition definition -> definition(definition);
            case Command.Instantiate wanted ->
                instance(wanted.instance(), find(definitions, wanted.definition(), lastDefinition));
            case Command.Register register -> find(instances, register.name(), current);
            case Command.Perform perform -> sessionFor(perform.action());
            case Command.AssertReturn wanted -> sessionFor(wanted.action());
            case Command.AssertTrap wanted -> sessionFor(wanted.action());
            case Command.AssertExhaustion wanted -> sessionFor(wanted.action());
            case Command.AssertException wanted -> sessionFor(wanted.action());
            case Command.AssertInvalid wanted -> sessionFor(wanted.line(), wanted.file());
            case Command.AssertMalformed wanted -> sessionFor(wanted.line(), wanted.file());
            case Command.AssertUnlinkable wanted -> sessionFor(wanted.line(), wanted.file());
            case Command.AssertUninstantiable wanted -> sessionFor(wanted.line(), wanted.file());
            case Command.AssertMalformedText _, Command.Unknown _ -> core;
        };
    }

    private SuiteRun.Session sessionFor(Command.Action action) {
        return find(instances, action.instance(), current);
    }

    private static SuiteRun.Session find(
            Map<String, SuiteRun.Session> sessions, Optional<String> name, SuiteRun.Session last) {
        return name.map(given -> sessions.getOrDefault(given, last)).orElse(last);
    }

    private SuiteRun.Session instance(Optional<String> name, SuiteRun.Session session) {
        current = session;
        name.ifPresent(given -> instances.put(given, session));
        return session;
    }

    private SuiteRun.Session definition(Command.Definition definition) {
        var session = sessionFor(definition.line(), definition.file());
        lastDefinition = session;
        definition.name().ifPresent(given -> definitions.put(given, session));
        return session;
    }

    /// What the script calls a component is one, whatever its bytes are.
    private SuiteRun.Session sessionFor(int line, String file) {
        return componentLines.contains(line) || isComponent(folder.resolve(file)) ? components : core;
    }

    private static boolean isComponent(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] header = stream.readNBytes(LAYER_AT + 1);
            return header.length > LAYER_AT && header[LAYER_AT] == 1;
        } catch (IOException failure) {
            throw new UncheckedIOException("reading " + file, failure);
        }
    }

    @Override
    public void stop(String reason) {
        core.stop(reason);
        components.stop(reason);
    }

    @Override
    public void close() {
        components.close();
        core.close();
    }
}
