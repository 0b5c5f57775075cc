package dev.wattle.host.component.typed;

import dev.wattle.wit.WitText;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what does not fit, each with the way to it. One thread.
final class Problems {
    private final List<String> all;
    private final String path;

    private Problems(List<String> all, String path) {
        this.all = all;
        this.path = path;
    }

    static Problems none() {
        return new Problems(new ArrayList<>(), "");
    }

    /// The same collection, a step further inside.
    Problems inside(String step) {
        return new Problems(all, path + step);
    }

    /// The same collection, inside of a function.
    Problems insideFunction(String name) {
        return inside(path.isEmpty() || path.endsWith("#") ? name : ": " + name);
    }

    void add(String problem) {
        all.add(path.isEmpty() ? problem : path + ": " + problem);
    }

    /// Notes that the Java type cannot stand for the WIT type. What comes back is never called.
    Conversion mismatch(WitType type, Type java, String wanted) {
        boolean erased = java instanceof Class<?> plain && plain.getTypeParameters().length > 0;
        add("%s needs %s, the Java type is %s%s"
                .formatted(
                        WitText.print(type),
                        wanted,
                        java.getTypeName(),
                        erased ? " without what it holds; in place of a lambda give a reference to a method" : ""));
        return Never.NEVER;
    }

    /// Stands where something has been noted already.
    Conversion never() {
        return Never.NEVER;
    }

    boolean found() {
        return !all.isEmpty();
    }

    List<String> all() {
        return List.copyOf(all);
    }

    /// @throws BindingException when something was noted
    void refuse(String what) {
        if (found()) {
            throw new BindingException(what, all);
        }
    }

    private enum Never implements Conversion {
        NEVER;

        @Override
        public WitValue toWit(@Nullable Object value) {
            throw new IllegalStateException("bound in spite of problems");
        }

        @Override
        public @Nullable Object toJava(WitValue value) {
            throw new IllegalStateException("bound in spite of problems");
        }
    }
}
