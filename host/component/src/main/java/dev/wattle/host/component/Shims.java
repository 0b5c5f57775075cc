package dev.wattle.host.component;

import dev.wattle.host.component.Plan.PlanStep.NewCoreInstance;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreModule.TableCall;
import dev.wattle.host.engine.CoreModule.TableFill;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sees through core modules that only pass calls on: a lowered function needs the memory of a module that imports it,
/// so compilers have that module import a function of a shim, which calls an entry of a table, and fill the table when
/// both are there. Whoever imports of the shim is wired to the lowered function itself.
final class Shims {
    /// Who serves an import in truth.
    ///
    /// @param extern the slot of a function that is lowered, or a built-in
    /// @param fixup the core instance with which the entry is filled: calls before that trap
    record Target(int extern, int fixup) {}

    private record Import(int instance, int position) {}

    private final Map<Integer, WiringBuilder.Source> sources;
    private final Map<Integer, NewCoreInstance> instances = new HashMap<>();
    private final Map<Import, Target> targets = new HashMap<>();
    private final Set<Integer> unseen = new HashSet<>();
    private final Set<Integer> fixups = new HashSet<>();

    /// @param sources what is in each slot of externs
    Shims(Map<Integer, WiringBuilder.Source> sources) {
        this.sources = sources;
    }

    /// @param steps the core instances of a plan, in their order
    /// @param others slots of externs that others use than core instances
    void look(List<NewCoreInstance> steps, Set<Integer> others) {
        steps.forEach(each -> instances.put(each.instance(), each));
        Map<Integer, Integer> uses = new HashMap<>();
        steps.forEach(step -> {
            for (int extern : step.imports()) {
                uses.merge(extern, 1, Integer::sum);
            }
        });
        for (NewCoreInstance fixup : steps) {
            fixup.module().tableFill().ifPresent(fill -> {
                int table = fixup.imports()[fill.table()];
                if (uses.getOrDefault(table, 0) == 1
                        && !others.contains(table)
                        && sources.get(table) instanceof WiringBuilder.Source.Export(int shim, String name)) {
                    look(fixup, fill, shim, name, steps);
                }
            });
        }
        forget(steps, others);
    }

    private void look(NewCoreInstance fixup, TableFill fill, int shim, String table, List<NewCoreInstance> steps) {
        NewCoreInstance made = instances.get(shim);
        Map<String, TableCall> calls = made == null ? Map.of() : made.module().tableCalls();
        if (calls.isEmpty()) {
            return;
        }
        for (NewCoreInstance step : steps) {
            for (int i = 0; i < step.imports().length; i++) {
                if (sources.get(step.imports()[i]) instanceof WiringBuilder.Source.Export(int from, String name)
                        && from == shim
                        && calls.get(name) instanceof TableCall(String called, int entry)
                        && called.equals(table)
                        && fill.functions().containsKey(entry)
                        && fits(step.module(), i, fixup.module(), fill.functions().getOrDefault(entry, 0))) {
                    int extern = fixup.imports()[fill.functions().getOrDefault(entry, 0)];
                    if (!(sources.get(extern) instanceof WiringBuilder.Source.Export)) {
                        targets.put(new Import(step.instance(), i), new Target(extern, fixup.instance()));
                        fixups.add(fixup.instance());
                    }
                }
            }
        }
    }

    /// Of another type, the call would trap.
    private static boolean fits(CoreModule importer, int position, CoreModule fixup, int function) {
        return importer.imports()
                .get(position)
                .type()
                .equals(fixup.imports().get(function).type());
    }

    /// What nobody imports of any more needs no instance, nor does what fills its table.
    private void forget(List<NewCoreInstance> steps, Set<Integer> others) {
        Set<Integer> used = new HashSet<>();
        for (NewCoreInstance step : steps) {
            for (int i = 0; i < step.imports().length; i++) {
                boolean filled = fixups.contains(step.instance()) && i == table(step);
                if (!targets.containsKey(new Import(step.instance(), i)) && !filled) {
                    use(step.imports()[i], used);
                }
            }
        }
        others.forEach(extern -> use(extern, used));
        for (NewCoreInstance step : steps) {
            if (fixups.contains(step.instance())
                    && sources.get(step.imports()[table(step)]) instanceof WiringBuilder.Source.Export(int shim, var _)
                    && !used.contains(shim)) {
                unseen.add(shim);
                unseen.add(step.instance());
            }
        }
    }

    private static int table(NewCoreInstance fixup) {
        return fixup.module().tableFill().orElseThrow().table();
    }

    private void use(int extern, Set<Integer> used) {
        if (sources.get(extern) instanceof WiringBuilder.Source.Export(int instance, var _)) {
            used.add(instance);
        }
    }

    /// Who serves an import in truth; null when it is who the plan says.
    @Nullable
    Target target(int instance, int position) {
        return targets.get(new Import(instance, position));
    }

    /// Is the instance not made, because nobody would notice?
    boolean isUnseen(int instance) {
        return unseen.contains(instance);
    }

    /// Is the table that it fills one that somebody sees through?
    boolean isFixup(int instance) {
        return fixups.contains(instance);
    }
}
