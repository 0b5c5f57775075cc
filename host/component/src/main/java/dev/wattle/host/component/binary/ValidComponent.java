package dev.wattle.host.component.binary;

import java.util.List;

/// A component that passed validation: what it is from outside, and the steps that make an instance of it.
public record ValidComponent(ComponentShape shape, List<Step> steps) {
    public ValidComponent {
        steps = List.copyOf(steps);
    }
}
