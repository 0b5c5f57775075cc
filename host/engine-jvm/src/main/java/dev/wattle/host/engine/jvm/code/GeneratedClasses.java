package dev.wattle.host.engine.jvm.code;

import java.lang.constant.ClassDesc;
import java.util.LinkedHashMap;
import java.util.Map;

/// Classes that were made together, by their names with dots.
public final class GeneratedClasses {
    private final Map<String, byte[]> bytes = new LinkedHashMap<>();

    void add(ClassDesc type, byte[] classFile) {
        bytes.put(name(type), classFile);
    }

    static String name(ClassDesc type) {
        return type.packageName() + "." + type.displayName();
    }

    public Map<String, byte[]> bytes() {
        return bytes;
    }
}
