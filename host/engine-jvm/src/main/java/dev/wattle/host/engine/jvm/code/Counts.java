package dev.wattle.host.engine.jvm.code;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How much of a module was compiled and loaded.
final class Counts {
    private final LongAdder functions = new LongAdder();
    private final LongAdder compiledBytes = new LongAdder();
    private final LongAdder classes = new LongAdder();
    private final LongAdder loadedBytes = new LongAdder();

    void compiled(Map<String, byte[]> made) {
        functions.increment();
        made.values().forEach(bytes -> compiledBytes.add(bytes.length));
    }

    long loadedBytes() {
        return loadedBytes.sum();
    }

    void loaded(int bytes) {
        classes.increment();
        loadedBytes.add(bytes);
    }

    ModuleCode.Report report() {
        return new ModuleCode.Report(functions.sum(), compiledBytes.sum(), classes.sum(), loadedBytes.sum());
    }
}
