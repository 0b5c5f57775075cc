package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreModule.CoreImport;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.Wire;
import dev.wattle.host.engine.jvm.Wiring.Target;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wirings of a module that somebody holds. Safe for any thread.
final class Wirings {
    /// A module with more imported functions stays open: each that is wired may take a class and two fields.
    private static final int MAX_WIRED = 1000;

    private static final Target OPEN = new Target.Open();

    private final JvmModule plain;
    private final List<Known> known = new ArrayList<>(); // guarded by this

    /// A wired module that is alive as long as somebody else holds it.
    private static final class Known extends WeakReference<JvmModule> {
        final int hash;

        Known(JvmModule module, int hash) {
            super(module);
            this.hash = hash;
        }
    }

    Wirings(JvmModule plain) {
        this.plain = plain;
    }

    /// Of a module with functions that are compiled in another process, which knows nothing of other modules, there
    /// is no code for wirings.
    ///
    /// @param wires by import
    JvmModule wire(List<Wire> wires) {
        List<CoreImport> imports = plain.imports();
        if (wires.size() != imports.size()) {
            throw new LinkException(imports.size() + " wires are wanted, " + wires.size() + " are given");
        }
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < imports.size(); i++) {
            Target target = target(i, wires.get(i));
            if (imports.get(i).type() instanceof CoreType.Function) {
                targets.add(target);
            }
        }
        boolean open = targets.stream().allMatch(Target.Open.class::isInstance);
        return open || plain.isLarge() || targets.size() > MAX_WIRED ? plain : find(targets);
    }

    private synchronized JvmModule find(List<Target> targets) {
        known.removeIf(each -> each.get() == null);
        int hash = targets.hashCode();
        for (Known each : known) {
            JvmModule module = each.hash == hash ? each.get() : null;
            if (module != null && module.isWiredTo(targets)) {
                return module;
            }
        }
        JvmModule made = plain.wired(new Wiring(plain, targets));
        known.add(new Known(made, hash));
        return made;
    }

    private Target target(int position, Wire wire) {
        return switch (wire) {
            case Wire.Open _ -> OPEN;
            case Wire.Export(var module, var name) -> {
                if (!(module instanceof JvmModule own)) {
                    throw refusal(position, "a module of another engine");
                }
                yield target(position, own, name);
            }
            case Wire.Host(var type, var code) -> target(position, type, code, false);
            case Wire.Adapter(var type, var code) -> target(position, type, code, true);
        };
    }

    private Target target(int position, JvmModule module, String name) {
        WasmModule.Export export = module.findExport(name);
        WasmModule.Import wanted = plain.binary().imports().get(position);
        if (export == null) {
            throw refusal(position, "export '" + name + "', which is not there");
        }
        if (export.kind() != ExternKind.FUNCTION || wanted.kind() != ExternKind.FUNCTION) {
            throw refusal(position, "export '" + name + "': only functions can be wired to functions");
        }
        var type = module.binary().functions().get(export.index());
        if (!type.equals(plain.binary().functions().get(wanted.index()))) {
            throw refusal(position, "a function of type " + type.function());
        }
        return module.target(export.index());
    }

    private Target target(int position, CoreType.Function type, MethodHandle code, boolean adapter) {
        MethodType handle = code.type();
        if (!type.equals(plain.imports().get(position).type())) {
            throw refusal(position, "a function of type " + type);
        }
        if (handle.parameterCount() == 0
                || handle.parameterType(0).isPrimitive()
                || !handle.dropParameterTypes(0, 1).equals(type.handleType())) {
            throw refusal(position, "a handle of type " + handle);
        }
        WasmModule binary = plain.binary();
        int function = binary.imports().get(position).index();
        if (!EntryArguments.fit(binary.function(function).parameters())) {
            throw EntryArguments.tooMany(plain.importName(position));
        }
        return new Target.Host(code, adapter);
    }

    private LinkException refusal(int position, @Nullable String found) {
        return new LinkException("incompatible import type: " + plain.importName(position) + " wants "
                + plain.imports().get(position).type() + ", but is wired to " + found);
    }
}
