package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.Wiring.Target;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.code.ImportCode;
import dev.wattle.host.engine.jvm.code.ModuleCode;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What code is made of for a wiring.
///
/// @param digest of the module and of all in the wiring that its classes depend on: the name of their package,
///     and of where they are kept. Functions of the host are not in it, because classes do not depend on which
///     they are
/// @param imports by function
record WiredPlan(String digest, List<ImportCode> imports) {
    /// @param callees by function, the code that is called; null where it is not known
    static WiredPlan of(WasmModule module, String plainDigest, List<Target> targets, @Nullable ModuleCode[] callees) {
        List<ImportCode> imports = IntStream.range(0, targets.size())
                .mapToObj(i -> importCode(targets.get(i), callees[i]))
                .collect(Collectors.toList());
        while (true) {
            String digest = digest(plainDigest, imports);
            int clash = firstClash(imports, ModuleCode.packageName(module, digest));
            if (clash < 0) {
                return new WiredPlan(digest, List.copyOf(imports));
            }
            imports.set(clash, new ImportCode.Unknown());
        }
    }

    private static ImportCode importCode(Target target, @Nullable ModuleCode callee) {
        return switch (target) {
            case Target.Open _ -> new ImportCode.Unknown();
            case Target.Export export ->
                callee == null ? new ImportCode.Unknown() : new ImportCode.OfModule(callee, export.function());
            case Target.Host(var code, var adapter) -> new ImportCode.OfHost(generic(code), adapter);
        };
    }

    private static MethodHandle generic(MethodHandle code) {
        return code.asType(code.type().changeParameterType(0, Object.class));
    }

    /// A class loader knows one class of a name. Code of one module with marks and without has the same names;
    /// of others the digits of their digests differ, unless somebody saw to it that they do not.
    private static int firstClash(List<ImportCode> imports, String ownPackage) {
        Map<String, ModuleCode> packages = new HashMap<>();
        for (int i = 0; i < imports.size(); i++) {
            if (imports.get(i) instanceof ImportCode.OfModule known) {
                ModuleCode code = known.code();
                ModuleCode other = packages.putIfAbsent(code.packageName(), code);
                if (code.packageName().equals(ownPackage) || (other != null && other != code)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static String digest(String plainDigest, List<ImportCode> imports) {
        String text = imports.stream()
                .map(each -> switch (each) {
                    case ImportCode.Unknown _ -> "unknown";
                    case ImportCode.OfModule(var code, var function) -> code.digest() + " " + function;
                    case ImportCode.OfHost(var _, var adapter) -> adapter ? "adapter" : "host";
                })
                .collect(Collectors.joining("\n", "wired " + plainDigest + "\n", "\n"));
        return Digests.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
