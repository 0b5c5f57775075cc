package dev.wattle.host.engine.jvm.store;

import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.code.ClassSource;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps generated classes in a folder between runs, so that a guest's second start compiles nothing. Several engines
/// and processes may share a folder. Safe for any thread.
///
/// What is read is run: the folder must belong to whoever runs the process, and nobody else may write to it. Nothing
/// that is wrong with the folder's content, and no failure to write, does more than make the engine compile.
public final class ClassStore {
    /// The classes of SpiderMonkey take a few megabytes, those of CPython twice as much.
    public static final long DEFAULT_MAX_BYTES = 512L << 20;

    private final String identity;
    private final StoreFiles files;
    private final StoreWriter writer;

    private ClassStore(String identity, StoreFiles files, StoreWriter writer) {
        this.identity = identity;
        this.files = files;
        this.writer = writer;
    }

    /// A store in a folder, which is made when it is not there.
    ///
    /// @return empty when classes cannot be kept there or by this process
    /// @throws IllegalArgumentException when others than this process's user can change what is in the folder
    public static Optional<ClassStore> open(Path folder) {
        return open(folder, DEFAULT_MAX_BYTES, EngineIdentity.own());
    }

    /// @param maxBytes of the folder
    /// @param identity of engine and JDK
    static Optional<ClassStore> open(Path folder, long maxBytes, Optional<String> identity) {
        try {
            var files = new StoreFiles(OwnedFolder.open(folder), maxBytes);
            return identity.map(known -> new ClassStore(known, files, new StoreWriter(files, folder)));
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }

    /// Where the classes of a module are found and kept.
    ///
    /// @param digest of the module's binary
    public ClassSource source(String digest, CodeOptions options) {
        return source(StoreKey.of(identity, digest, options));
    }

    private ClassSource source(StoreKey key) {
        return new Source(key, files.open(key), writer);
    }

    /// Where what was found out by validating a module is found and kept: one entry, of any name.
    ///
    /// @param digest of the module's binary
    public ClassSource facts(String digest, ModuleLimits limits) {
        return source(StoreKey.of(identity, digest, limits.toString()));
    }

    /// Writes what was made until now, on this thread.
    public void flush() {
        writer.flush();
    }

    /// How many classes were offered, because they were not here.
    public long newClasses() {
        return writer.offered();
    }

    /// What an operator should know.
    public List<String> notes() {
        return writer.note().map(List::of).orElse(List.of());
    }

    private record Source(StoreKey key, @Nullable Pack pack, StoreWriter writer) implements ClassSource {
        @Override
        public byte @Nullable [] find(String name) {
            return pack == null ? null : pack.find(name);
        }

        @Override
        public boolean has(String name) {
            return pack != null && pack.has(name);
        }

        @Override
        public void offer(Map<String, byte[]> classes) {
            writer.offer(key, classes);
        }
    }
}
