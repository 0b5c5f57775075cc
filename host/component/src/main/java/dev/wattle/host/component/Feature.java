package dev.wattle.host.component;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A part of the Component Model that came after WASI 0.2. A component that uses one is refused unless the
/// feature is in the set that [Component#load(dev.wattle.host.engine.Engine, byte[], Set)] is given.
///
/// @spec Explainer.md "Gated Features"; the ids are those of the reference validator
public enum Feature {
    /// Functions that may block, tasks, waitables, `stream` and `future`.
    ASYNC("async"),
    /// `async` lifts without a callback.
    ASYNC_STACKFUL("async-stackful"),
    /// Options that only a few of the built-ins of [#ASYNC] have, such as `subtask.cancel async`.
    MORE_ASYNC_BUILTINS("more-async-builtins"),
    /// Threads within one component instance, which take turns.
    THREADING("threading"),
    /// Threads that run at the same time.
    SHARED_EVERYTHING_THREADS("shared-everything-threads"),
    /// The type `error-context`.
    ERROR_CONTEXT("error-context"),
    /// Lists of a fixed length.
    FIXED_LENGTH_LISTS("fixed-length-lists"),
    /// The type `map`.
    MAP("map"),
    /// The attributes `implements` and `external-id` of imports and exports.
    IMPLEMENTS("implements"),
    /// Names with a canonical version, such as `wasi:http/types@0.2`, and the attribute `versionsuffix`.
    CANON_NAMES("canon-names"),
    /// More than one namespace or projection in a name. Without this feature such a name is not unsupported but
    /// invalid, as the reference suite demands.
    NESTED_NAMES("nested-names"),
    /// Imported and exported values, value definitions and the start function of a component.
    VALUES("values"),
    /// Resources that are represented by an i64, and 64-bit context slots.
    MEMORY64("memory64");

    private final String id;

    Feature(String id) {
        this.id = id;
    }

    /// Its name in messages and options.
    public String id() {
        return id;
    }

    /// The feature with this id.
    public static Optional<Feature> of(String id) {
        for (Feature feature : values()) {
            if (feature.id.equals(id)) {
                return Optional.of(feature);
            }
        }
        return Optional.empty();
    }

    /// All of them.
    public static Set<Feature> all() {
        return Collections.unmodifiableSet(EnumSet.allOf(Feature.class));
    }
}
