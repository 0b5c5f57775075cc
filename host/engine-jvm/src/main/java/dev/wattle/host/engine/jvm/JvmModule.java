package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.StackRoom;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
    private final int scratchValues;
    private final StackFrames frames;
    private final Supplier<Scratch> newScratch;
    private final Object lock = new Object();

    /// Without and with marks; each made when first needed.
    private final @Nullable ModuleVersion[] versions = new ModuleVersion[2]; // written under lock

    JvmModule(
            WasmModule module,
            String digest,
            JvmOptions options,
            MemoryPool pool,
            Signatures signatures,
            StackFrames frames) {
        this.module = module;
        this.digest = digest;
        this.options = options;
        this.signatures = signatures;
        this.frames = frames;
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
        this.parts = new InstanceParts(module, pool, policy);
        this.scratchValues = ScratchNeed.of(module);
        versions[policy.marking() ? 1 : 0] = newVersion(policy.marking());
    }

    /// Which of the imports are of that kind.
    private static int[] positions(WasmModule module, ExternKind kind) {
        return IntStream.range(0, module.imports().size())
                .filter(i -> module.imports().get(i).kind() == kind)
                .toArray();
    }

    @Override
    public List<CoreImport> imports() {
        return imports;
    }

    @Override
    public List<CoreExport> exports() {
        return exports;
    }

    WasmModule binary() {
        return module;
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
        var code = new ModuleCode(module, digest, options.code().withCards(marking), signatures);
        frames.add(code.packageName(), module);
        return new ModuleVersion(module, code, marking);
    }

    @Override
    public CoreInstance instantiate(List<CoreExtern> given, CoreLimits limits, GuestControl guest) {
        StackRoom.require();
        Scratch scratch = guest.engineState(Scratch.class, newScratch);
        scratch.require(scratchValues);
        Externs externs = parts.newExterns();
        linker.link(given, guest, scratch, externs);
        boolean timed = policy.samples();
        ModuleVersion version = version(marks(externs));
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
        if (module.importedMemories() == 0) {
            return policy.marking() && !module.memories().isEmpty();
        }
        for (int i = 0; i < module.importedMemories(); i++) {
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
        if (initial.isComplete() && module.start().isEmpty()) {
            return;
        }
        Instance live = made.live();
        try {
            initial.run(live, externs.memories(), externs.tables());
            if (module.start().isPresent()) {
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
        return new VersionedHandle(this, version(policy.marking()), found.index()).dynamicInvoker();
    }

    @Override
    public String toString() {
        return module.toString();
    }
}
