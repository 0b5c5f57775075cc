package dev.wattle.control.model;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What to do so that a lattice becomes as desired, in order, and how far it is.
///
/// @param progress of every deployed application, its scalers in the manifest's order
public record Plan(List<Step> steps, SortedMap<AppName, List<Progress>> progress) {
    public Plan {
        steps = List.copyOf(steps);
        progress = Collections.unmodifiableSortedMap(new TreeMap<>(progress));
    }

    /// The steps that do something.
    public List<Step> actions() {
        return steps.stream().filter(step -> !(step instanceof Step.Wait)).toList();
    }

    /// Nothing to do and nothing to wait for.
    public boolean done() {
        return steps.isEmpty();
    }

    /// The steps of one application.
    public List<Step> of(AppName app) {
        return steps.stream().filter(step -> step.app().equals(app)).toList();
    }

    /// How far one workload is.
    public record Progress(String workload, String scalerId, String kind, int wanted, int running) {
        public Progress {
            Objects.requireNonNull(workload, "workload");
            Objects.requireNonNull(scalerId, "scalerId");
            Objects.requireNonNull(kind, "kind");
        }
    }
}
