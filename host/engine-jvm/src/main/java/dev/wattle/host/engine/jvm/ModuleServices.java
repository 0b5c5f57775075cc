package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.binary.BodyFacts;
import dev.wattle.host.engine.jvm.binary.ModuleDecoder;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.binary.NameSection;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.code.Ahead;
import dev.wattle.host.engine.jvm.code.ClassSource;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import dev.wattle.host.engine.jvm.code.CodeServices;
import dev.wattle.host.engine.jvm.code.CompileLimits;
import dev.wattle.host.engine.jvm.code.LargeFunctions;
import dev.wattle.host.engine.jvm.code.WaitingGuests;
import dev.wattle.host.engine.jvm.helper.HelperProcess;
import dev.wattle.host.engine.jvm.store.ClassStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an engine gives the code of its modules besides the compiler. Safe for any thread.
///
/// @param store where classes are kept, if they are
/// @param missing why they are not kept, though they should be
record ModuleServices(
        Optional<ClassStore> store,
        Optional<String> missing,
        LargeFunctions large,
        Ahead ahead,
        CompileLimits limits,
        WaitingGuests guests) {

    /// Smaller binaries are validated in milliseconds.
    private static final int WORTH_KEEPING = 1 << 18;

    private static final String FACTS = "bodies";

    /// @throws IllegalArgumentException when the folder for classes is one that others can change
    static ModuleServices open(JvmOptions options) {
        Optional<ClassStore> store = options.classFolder().flatMap(ClassStore::open);
        Optional<String> missing = options.classFolder()
                .filter(_ -> store.isEmpty())
                .map(folder -> "generated classes are not kept: %s cannot be used".formatted(folder));
        Ahead ahead = options.ahead() && !options.code().eager() ? new Ahead() : Ahead.NEVER;
        CompileLimits limits = options.compile();
        return new ModuleServices(store, missing, HelperProcess.of(limits), ahead, limits, new WaitingGuests());
    }

    CodeServices of(String digest, CodeOptions form) {
        ClassSource source = store.map(each -> each.source(digest, form)).orElse(ClassSource.NONE);
        return new CodeServices(source, large, ahead, limits, guests);
    }

    /// Decodes a binary, and validates its bodies unless that is known to have been done.
    WasmModule decode(byte[] binary, String digest, ModuleLimits bounds) {
        if (store.isEmpty() || binary.length < WORTH_KEEPING) {
            return ModuleDecoder.decode(binary, bounds);
        }
        ClassSource facts = store.get().facts(digest, bounds);
        byte[] known = facts.find(FACTS);
        if (known != null) {
            return ModuleDecoder.decode(binary, bounds, BodyFacts.read(known));
        }
        WasmModule module = ModuleDecoder.decode(binary, bounds);
        facts.offer(Map.of(FACTS, BodyFacts.of(module)));
        return module;
    }

    long newClasses() {
        return store.map(ClassStore::newClasses).orElse(0L);
    }

    void flush() {
        store.ifPresent(ClassStore::flush);
    }

    /// What an operator should know about the code of a module.
    List<String> notes(WasmModule module) {
        List<String> notes = new ArrayList<>();
        store.ifPresent(each -> notes.addAll(each.notes()));
        missing.ifPresent(notes::add);
        NameSection names = null;
        for (int i = 0; i < module.bodies().size(); i++) {
            Body body = module.bodies().get(i);
            if (limits.isLarge(body)) {
                int function = module.importedFunctions() + i;
                names = names == null ? NameSection.of(module) : names;
                notes.add("function %d (%s) is so large, %d bytes, that a process of its own compiles it"
                        .formatted(function, names.function(function).orElse("no name"), body.end() - body.start()));
            }
        }
        return notes;
    }
}
