package dev.wattle.host.engine.jvm.code;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a module's classes may be kept between runs. Safe for any thread; an answer must be exactly what was
/// offered for the same module, engine and options.
public interface ClassSource {
    /// Keeps nothing.
    ClassSource NONE = new ClassSource() {
        @Override
        public byte @Nullable [] find(String name) {
            return null;
        }

        @Override
        public boolean has(String name) {
            return false;
        }

        @Override
        public void offer(Map<String, byte[]> classes) {}
    };

    /// The class file of that name, with dots; null when it is not here.
    byte @Nullable [] find(String name);

    /// Whether it seems to be here; it may still be found to be damaged.
    boolean has(String name);

    /// Classes that were just made, by their names.
    void offer(Map<String, byte[]> classes);
}
