package dev.wattle.control.model;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that should run, and everything that once should have.
public record Desired(SortedMap<AppName, App> apps) {
    /// No application.
    public static final Desired NOTHING = new Desired(new TreeMap<>());

    public Desired {
        apps = Collections.unmodifiableSortedMap(new TreeMap<>(apps));
    }

    /// One application.
    ///
    /// @param deployed what runs now; nothing when it is undeployed
    /// @param retired versions whose links and configuration may still be there and belong to it
    public record App(AppName name, Optional<Manifest> deployed, List<Manifest> retired) {
        public App {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(deployed, "deployed");
            retired = List.copyOf(retired);
        }
    }
}
