package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.jvm.Imports.Externs;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import dev.wattle.host.engine.jvm.code.ImportCode;
import dev.wattle.host.engine.jvm.code.ModuleCode;
import dev.wattle.host.engine.jvm.runtime.FunctionReference;
import dev.wattle.host.engine.jvm.runtime.Instance;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a module is wired to, and the code that was made for it. Safe for any thread.
///
/// A module has code that marks cards and code that does not, and so have those that it is wired to: which code calls
/// which is known when there are instances. So there is a version for each combination that comes, up to a limit; what
/// comes later calls other modules by reference.
final class Wiring {
    /// Modules change their minds about cards now and then; of more than these combinations, few are used again.
    static final int MAX_VERSIONS = 8;

    private final JvmModule plain;
    private final List<Target> targets;
    private volatile Version[] versions = {}; // written under this

    /// What an import is wired to, by position.
    sealed interface Target {
        record Open() implements Target {}

        /// @param function not an import of that module
        record Export(JvmModule module, int function) implements Target {}

        record Host(MethodHandle code) implements Target {}
    }

    /// @param codes by function: of the instance that it is in, null when another code may be given
    private record Version(ModuleVersion version, List<ImportCode> imports, @Nullable ModuleCode[] codes) {
        boolean isFor(boolean marking, Externs externs) {
            if (version.marking() != marking) {
                return false;
            }
            for (int i = 0; i < codes.length; i++) {
                if (codes[i] != null && externs.wired()[i] instanceof Instance given && given.functions() != codes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    Wiring(JvmModule plain, List<Target> targets) {
        this.plain = plain;
        this.targets = List.copyOf(targets);
    }

    List<Target> targets() {
        return targets;
    }

    /// Takes what an import is given, when it is wired.
    ///
    /// @return false when it is open
    /// @throws LinkException when it is not what the import is wired to
    boolean take(int position, int function, CoreExtern given, Externs into) {
        return switch (targets.get(position)) {
            case Target.Open _ -> false;
            case Target.Export(var module, var index) -> {
                if (!(given instanceof JvmExterns.OfFunction own) || own.module() != module || own.index() != index) {
                    throw new LinkException(plain.importName(position) + " is wired to function " + index + " of "
                            + module + ", but is given something else");
                }
                into.wired()[function] = own.live();
                yield true;
            }
            case Target.Host(var code) -> {
                if (!(given instanceof CoreExtern.WithContext host) || host.code() != code) {
                    throw new LinkException(
                            plain.importName(position) + " is wired to a function of the host, but is given another");
                }
                into.wired()[function] = host.context();
                yield true;
            }
        };
    }

    /// The code for what is given. Completes it: what the code calls by reference is given as a reference.
    ModuleVersion version(boolean marking, Externs externs) {
        Version found = find(marking, externs);
        if (found == null) {
            synchronized (this) {
                found = find(marking, externs);
                if (found == null) {
                    found = make(marking, externs);
                }
            }
        }
        for (int i = 0; i < found.codes().length; i++) {
            if (found.codes()[i] == null && externs.wired()[i] instanceof Instance given
                    && targets.get(plain.importPosition(ExternKind.FUNCTION, i)) instanceof Target.Export(_, int index)) {
                externs.functions()[i] = given.reference(index);
            }
        }
        return found.version();
    }

    private @Nullable Version find(boolean marking, Externs externs) {
        for (Version each : versions) {
            if (each.isFor(marking, externs)) {
                return each;
            }
        }
        return null;
    }

    private Version make(boolean marking, Externs externs) {
        boolean any = versions.length >= MAX_VERSIONS;
        List<ImportCode> imports = withoutClashes(any ? openModules(externs) : known(externs));
        @Nullable ModuleCode[] codes = new ModuleCode[imports.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = imports.get(i) instanceof ImportCode.OfModule(ModuleCode code, _) ? code : null;
        }
        String digest = WiredDigest.of(plain.digest(), imports);
        var made = new Version(plain.newVersion(marking, digest, imports), imports, codes);
        Version[] more = Arrays.copyOf(versions, versions.length + 1);
        more[versions.length] = made;
        versions = more;
        return made;
    }

    private List<ImportCode> known(Externs externs) {
        List<ImportCode> imports = new ArrayList<>();
        for (int i = 0; i < externs.wired().length; i++) {
            imports.add(
                    switch (targets.get(plain.importPosition(ExternKind.FUNCTION, i))) {
                        case Target.Open _ -> new ImportCode.Unknown();
                        case Target.Export(_, var index) ->
                            new ImportCode.OfModule(code((Instance) externs.wired()[i]), index);
                        case Target.Host(var code) -> new ImportCode.OfHost(generic(code));
                    });
        }
        return imports;
    }

    private static ModuleCode code(Instance instance) {
        return (ModuleCode) instance.functions();
    }

    private static MethodHandle generic(MethodHandle code) {
        return code.asType(code.type().changeParameterType(0, Object.class));
    }
}
