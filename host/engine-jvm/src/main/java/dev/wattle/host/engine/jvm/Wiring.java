package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.jvm.Imports.Externs;
import dev.wattle.host.engine.jvm.code.ImportCode;
import dev.wattle.host.engine.jvm.code.ModuleCode;
import dev.wattle.host.engine.jvm.runtime.Instance;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the functions that a module imports are wired to, and the code that was made for it. Safe for any
/// thread.
///
/// A module has code that marks cards and code that does not, and so have those that it is wired to: which code
/// calls which is known when there are instances. So there is a version for each combination that comes, up to
/// a limit; what comes later calls other modules by reference.
final class Wiring {
    /// Modules change their minds about cards now and then; of more than these combinations, few are used
    /// again.
    static final int MAX_VERSIONS = 8;

    private final JvmModule plain;
    private final List<Target> targets;
    private volatile Version[] versions = {}; // written under this

    /// What a function is wired to.
    sealed interface Target {
        record Open() implements Target {}

        /// @param function not an import of that module
        record Export(JvmModule module, int function) implements Target {}

        /// @param adapter is it code between guests?
        record Host(MethodHandle code, boolean adapter) implements Target {}
    }

    /// @param callees by function, the code of the instance that is given; null where any code may be
    /// @param references functions that are wired to a module, but called by reference
    @SuppressWarnings("ArrayRecordComponent") // written once, and compared by nobody
    private record Version(ModuleVersion version, @Nullable ModuleCode[] callees, int[] references) {
        boolean isFor(boolean marking, @Nullable Object[] given) {
            if (version.marking() != marking) {
                return false;
            }
            for (int i = 0; i < callees.length; i++) {
                if (callees[i] != null && callees[i] != codeOf(given[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /// A module with functions so large that another process compiles them stays open: that process knows one module.
    ///
    /// @param targets by function
    Wiring(JvmModule plain, List<Target> targets) {
        this.plain = plain;
        this.targets = plain.isLarge() ? Collections.nCopies(targets.size(), new Target.Open()) : List.copyOf(targets);
    }

    /// By function.
    List<Target> targets() {
        return targets;
    }

    /// Takes what an imported function is given, when it is wired.
    ///
    /// @return false when it is open
    /// @throws LinkException when it is not what the import is wired to
    @SuppressWarnings("ReferenceEquality") // which code of the host it is, is which object it is
    boolean take(int function, CoreExtern given, Externs into) {
        return switch (targets.get(function)) {
            case Target.Open _ -> false;
            case Target.Export(var module, var index) -> {
                if (!(given instanceof JvmExterns.OfFunction own) || own.module() != module || own.index() != index) {
                    throw plain.notAsWired(function);
                }
                into.wired()[function] = own.live();
                yield true;
            }
            case Target.Host(var code, var _) -> {
                if (!(given instanceof CoreExtern.WithContext host) || host.code() != code) {
                    throw plain.notAsWired(function);
                }
                into.wired()[function] = host.context();
                yield true;
            }
        };
    }

    /// The code for what was taken. What that calls by reference is put with the functions.
    ModuleVersion version(boolean marking, Externs externs) {
        Version version = find(marking, externs.wired());
        if (version == null) {
            version = findOrMake(marking, externs.wired());
        }
        for (int function : version.references()) {
            if (targets.get(function) instanceof Target.Export export
                    && externs.wired()[function] instanceof Instance given) {
                externs.functions()[function] = given.reference(export.function());
            }
        }
        return version.version();
    }

    private @Nullable Version find(boolean marking, @Nullable Object[] given) {
        for (Version each : versions) {
            if (each.isFor(marking, given)) {
                return each;
            }
        }
        return null;
    }

    private synchronized Version findOrMake(boolean marking, @Nullable Object[] given) {
        Version found = find(marking, given);
        if (found != null) {
            return found;
        }
        boolean anyCallee = versions.length >= MAX_VERSIONS;
        @Nullable ModuleCode[] callees = new ModuleCode[targets.size()];
        for (int i = 0; i < callees.length; i++) {
            callees[i] = anyCallee || !(targets.get(i) instanceof Target.Export) ? null : codeOf(given[i]);
        }
        var plan = WiredPlan.of(plain.binary(), plain.digest(), targets, callees);
        int[] references = IntStream.range(0, callees.length)
                .filter(i -> targets.get(i) instanceof Target.Export
                        && plan.imports().get(i) instanceof ImportCode.Unknown)
                .toArray();
        var made = new Version(plain.newVersion(marking, plan), callees, references);
        Version[] more = Arrays.copyOf(versions, versions.length + 1);
        more[versions.length] = made;
        versions = more;
        return made;
    }

    private static ModuleCode codeOf(@Nullable Object instance) {
        if (instance instanceof Instance given && given.functions() instanceof ModuleCode code) {
            return code;
        }
        throw new IllegalStateException("not an instance: " + instance);
    }
}
