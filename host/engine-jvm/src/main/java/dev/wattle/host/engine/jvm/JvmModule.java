package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Wire;
import dev.wattle.host.engine.jvm.Imports.Externs;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import dev.wattle.host.engine.jvm.code.ModuleCode;
import dev.wattle.host.engine.jvm.code.Signatures;
import dev.wattle.host.engine.jvm.runtime.Binding;
import dev.wattle.host.engine.jvm.runtime.Boundary;
import dev.wattle.host.engine.jvm.runtime.Instance;
import dev.wattle.host.engine.jvm.runtime.Memory;
import dev.wattle.host.engine.jvm.runtime.Scratch;
import dev.wattle.host.engine.jvm.runtime.Support;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A valid module with its code, and what its instances share.
final class JvmModule implements CoreModule {
    private final WasmModule module;
    private final String digest;
    private final JvmOptions options;
    private final Signatures signatures;
    private final List<CoreImport> imports;
    private final List<CoreExport> exports;
    private final Map<String, Integer> exportPositions = new HashMap<>();
    private final Map<ExternKind, int[]> importPositions = new EnumMap<>(ExternKind.class);
    private final Imports linker;
    private final InstanceParts parts;
    private final ResetPolicy policy;
    private final boolean large;
    private final int scratchValues;
    private final boolean starts;
    private final StackFrames frames;
    private final ModuleServices services;
    private final Supplier<Scratch> newScratch;
    private final Object lock = new Object();

    /// Without and with marks; each made when first needed. Of a module that is not wired.
    private final @Nullable ModuleVersion[] versions = new ModuleVersion[2]; // written under lock

    /// Of a module that is not wired.
    private final Wirings wirings;

    private final @Nullable Wiring wiring;

    JvmModule(
            WasmModule module,
            String digest,
            JvmOptions options,
            MemoryPool pool,
            Signatures signatures,
            StackFrames frames,
            ModuleServices services) {
        this.module = module;
        this.digest = digest;
        this.options = options;
        this.signatures = signatures;
        this.frames = frames;
        this.services = services;
        this.newScratch = () -> new Scratch(frames);
        this.imports = module.imports().stream()
                .map(wanted -> new CoreImport(
                        wanted.module(), wanted.name(), CoreTypes.of(module, wanted.kind(), wanted.index())))
                .toList();
        this.exports = module.exports().stream()
                .map(export -> new CoreExport(export.name(), CoreTypes.of(module, export.kind(), export.index())))
                .toList();
        for (int i = 0; i < exports.size(); i++) {
            exportPositions.put(exports.get(i).name(), i);
        }
        for (ExternKind kind : ExternKind.values()) {
            importPositions.put(kind, positions(module, kind));
        }
        this.linker = new Imports(module, imports, signatures);
        this.policy = new ResetPolicy(options.cards());
        this.large = module.bodies().stream().anyMatch(options.compile()::isLarge);
        this.parts = new InstanceParts(module, pool, policy);
        this.scratchValues = ScratchNeed.of(module);
        this.starts = module.start().isPresent();
        this.wirings = new Wirings(this);
        this.wiring = null;
        versions[policy.marking() ? 1 : 0] = newVersion(policy.marking());
    }

    /// The same module, wired: it shares all but the code.
    private JvmModule(JvmModule plain, Wiring wiring) {
        this.module = plain.module;
        this.digest = plain.digest;
        this.options = plain.options;
        this.signatures = plain.signatures;
        this.frames = plain.frames;
        this.services = plain.services;
        this.newScratch = plain.newScratch;
        this.imports = plain.imports;
        this.exports = plain.exports;
        this.exportPositions.putAll(plain.exportPositions);
        this.importPositions.putAll(plain.importPositions);
        this.linker = plain.linker;
        this.policy = plain.policy;
        this.large = plain.large;
        this.parts = plain.parts;
        this.scratchValues = plain.scratchValues;
        this.starts = plain.starts;
        this.wirings = plain.wirings;
        this.wiring = wiring;
    }

    JvmModule wired(Wiring to) {
        return new JvmModule(this, to);
    }

    @Override
    public CoreModule wire(List<Wire> wires) {
        return wirings.wire(wires);
    }

    boolean isWiredTo(List<Wiring.Target> targets) {
        return wiring != null && wiring.targets().equals(targets);
    }

    /// What a function is in the end, when this module exports it.
    Wiring.Target target(int function) {
        if (function >= module.importedFunctions()) {
            return new Wiring.Target.Export(this, function);
        }
        return wiring == null ? new Wiring.Target.Open() : wiring.targets().get(function);
    }

    /// Which of the imports are of that kind.
    private static int[] positions(WasmModule module, ExternKind kind) {
        int[] positions = new int[module.imports().size()];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (module.imports().get(i).kind() == kind) {
                positions[count++] = i;
            }
        }
        return Arrays.copyOf(positions, count);
    }

    @Override
    public List<CoreImport> imports() {
        return imports;
    }

    @Override
    public List<CoreExport> exports() {
        return exports;
    }

    /// Whether another process compiles functions of it.
    boolean isLarge() {
        return large;
    }

    @Override
    public List<String> notes() {
        return services.notes(module);
    }

    WasmModule binary() {
        return module;
    }

    /// Of the binary, in hexadecimal digits.
    String digest() {
        return digest;
    }

    ResetPolicy policy() {
        return policy;
    }

    /// Which export has that name.
    int exportPosition(String name) {
        Integer position = exportPositions.get(name);
        if (position == null) {
            throw new IllegalArgumentException("no export '" + name + "'");
        }
        return position;
    }

    WasmModule.@Nullable Export findExport(String name) {
        Integer position = exportPositions.get(name);
        return position == null ? null : module.exports().get(position);
    }

    /// An import, for messages.
    String importName(int position) {
        CoreImport slot = imports.get(position);
        return "import '" + slot.module() + "' '" + slot.name() + "'";
    }

    /// To be thrown when a function is given what it is not wired to.
    LinkException notAsWired(int function) {
        return new LinkException(
                importName(importPosition(ExternKind.FUNCTION, function)) + " is not given what it is wired to");
    }

    /// Which import something is; -1 when the module defines it itself.
    int importPosition(ExternKind kind, int index) {
        int[] positions = importPositions.get(kind);
        return positions != null && index < positions.length ? positions[index] : -1;
    }

    ModuleVersion version(boolean marking) {
        ModuleVersion known = versions[marking ? 1 : 0];
        if (known != null) {
            return known;
        }
        synchronized (lock) {
            ModuleVersion made = versions[marking ? 1 : 0];
            if (made == null) {
                made = newVersion(marking);
                versions[marking ? 1 : 0] = made;
            }
            return made;
        }
    }

    private ModuleVersion newVersion(boolean marking) {
        return newVersion(marking, new WiredPlan(digest, List.of()));
    }

    ModuleVersion newVersion(boolean marking, WiredPlan plan) {
        var form = options.code().withCards(marking);
        var code = new ModuleCode(
                module, plan.digest(), form, signatures, services.of(plan.digest(), form), plan.imports());
        frames.add(code);
        return new ModuleVersion(module, code, marking);
    }

    @Override
    public CoreInstance instantiate(List<CoreExtern> given, CoreLimits limits, GuestControl guest) {
        StackRoom.require();
        Scratch scratch = guest.engineState(Scratch.class, newScratch);
        scratch.require(scratchValues);
        if (large) {
            services.guests().add(guest);
        }
        Externs externs = parts.newExterns(wiring != null);
        linker.link(given, guest, scratch, wiring, externs);
        boolean timed = policy.samples();
        boolean marking = marks(externs);
        ModuleVersion version = wiring == null ? version(marking) : wiring.version(marking, externs);
        parts.fill(externs, version.marking(), limits);
        JvmInstance made = null;
        boolean done = false;
        try {
            made = bind(version, externs, given, guest, scratch);
            initialize(made, externs);
            done = true;
        } finally {
            if (!done) {
                discard(made, externs);
            }
        }
        if (timed) {
            made.time();
        }
        return made;
    }

    /// Whoever stores to the memory of another module marks cards when that does.
    private boolean marks(Externs externs) {
        int imported = module.importedMemories();
        if (imported == 0) {
            return policy.marking() && externs.memories().length > 0;
        }
        for (int i = 0; i < imported; i++) {
            if (externs.memories()[i].cards() != null) {
                return true;
            }
        }
        return false;
    }

    private JvmInstance bind(
            ModuleVersion version, Externs externs, List<CoreExtern> given, GuestControl guest, Scratch scratch) {
        Memory[] memories = externs.memories();
        for (int i = 0; i < module.importedMemories(); i++) {
            memories[i].expect(version.marking());
        }
        Instance live = version.code()
                .instantiate(new Binding(
                        guest,
                        scratch,
                        version.code(),
                        parts.initialState(),
                        externs.functions(),
                        externs.wired(),
                        memories,
                        externs.tables(),
                        externs.globals(),
                        externs.tags()));
        for (int i = 0; i < memories.length; i++) {
            memories[i].hold(live, i);
        }
        for (int i = module.importedTables(); i < externs.tables().length; i++) {
            externs.tables()[i].own(live);
        }
        return new JvmInstance(this, version, live, externs, given);
    }

    private void initialize(JvmInstance made, Externs externs) {
        InitialState initial = parts.initialState();
        if (initial.isComplete() && !starts) {
            return;
        }
        Instance live = made.live();
        try {
            initial.run(live, externs.memories(), externs.tables());
            if (starts) {
                live.reference(module.start().getAsInt()).resume(live.scratch);
                Support.drive(live);
            }
        } catch (Throwable failure) {
            throw Boundary.leaving(failure, live);
        }
    }

    /// An instance that could not be made to the end leaves functions behind when it had whom to give them to.
    private void discard(@Nullable JvmInstance made, Externs externs) {
        if (made == null || imports.isEmpty()) {
            parts.release(externs);
        } else {
            parts.abandon(externs);
        }
    }

    void release(Externs externs) {
        parts.release(externs);
    }

    @Override
    public MethodHandle function(String export) {
        WasmModule.Export found = module.exports().get(exportPosition(export));
        if (found.kind() != ExternKind.FUNCTION || found.index() < module.importedFunctions()) {
            return CoreModule.super.function(export);
        }
        ModuleVersion first = wiring == null ? version(policy.marking()) : null;
        return new VersionedHandle(this, first, found.index()).dynamicInvoker();
    }

    @Override
    public Map<String, TableCall> tableCalls() {
        return new Forwarding(module).tableCalls();
    }

    @Override
    public Optional<TableFill> tableFill() {
        return new Forwarding(module).tableFill();
    }

    @Override
    public String toString() {
        return module.toString();
    }
}
