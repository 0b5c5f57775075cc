package dev.wattle.host.component;

import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The instances of a composition in one sandbox: one of each component that was called, and a further one for
/// each time that it was called while on the stack. One thread at a time.
final class Residents {
    /// Calls on calls across components: as many as a lattice lets through.
    private static final int MAX_DEPTH = 64;

    private final LinkedComposition composition;
    private final Sandbox sandbox;
    private final Map<String, List<Resident>> residents = new HashMap<>();
    private int depth;

    private Residents(LinkedComposition composition, Sandbox sandbox) {
        this.composition = composition;
        this.sandbox = sandbox;
    }

    static Residents open(LinkedComposition composition, Sandbox sandbox) {
        Residents opened = new Residents(composition, sandbox);
        if (sandbox.state(Residents.class, () -> opened) != opened) {
            throw new IllegalStateException("the sandbox holds a composition already");
        }
        return opened;
    }

    static Residents of(Sandbox sandbox) {
        return sandbox.state(Residents.class, () -> {
            throw new IllegalStateException("no composition was put into this sandbox");
        });
    }

    /// One instance.
    static final class Resident {
        private final ComponentInstance instance;
        private final Map<String, Resident> bound;
        private boolean busy;

        /// @param bound those that its types come from, and theirs, by member
        Resident(ComponentInstance instance, Map<String, Resident> bound) {
            this.instance = instance;
            this.bound = bound;
        }

        ComponentInstance instance() {
            return instance;
        }

        private boolean isIdle() {
            return !busy && bound.values().stream().noneMatch(each -> each.busy);
        }

        /// Could it live with these? A component is bound to one instance of each other.
        private boolean agreesWith(Map<String, Resident> others) {
            return bound.entrySet().stream()
                    .allMatch(each -> others.getOrDefault(each.getKey(), each.getValue()) == each.getValue());
        }
    }

    /// An instance that is not on the stack, for a call from guest code.
    Resident idleForGuest(String member) {
        Optional<Resident> there = find(member, Map.of());
        if (there.isPresent()) {
            return there.get();
        }
        GuestControl control = sandbox.control();
        control.host();
        Resident made = idle(member);
        control.resume();
        return made;
    }

    /// An instance that is not on the stack, for a call from the host.
    Resident idle(String member) {
        if (!composition.has(member)) {
            throw new IllegalArgumentException("the composition has no component '" + member + "'");
        }
        return find(member, Map.of()).orElseGet(() -> make(member, new LinkedHashMap<>()));
    }

    private Optional<Resident> find(String member, Map<String, Resident> others) {
        return residents.getOrDefault(member, List.of()).stream()
                .filter(each -> each.isIdle() && each.agreesWith(others))
                .findFirst();
    }

    /// Makes an instance, and those that it is bound to. Checked when linked: nothing is bound to itself.
    ///
    /// @param others that it must share with who asks for it; gets those that it is bound to besides
    private Resident make(String member, Map<String, Resident> others) {
        LinkedMember linked = composition.member(member);
        Map<String, Resident> bound = new LinkedHashMap<>();
        for (String target : linked.boundMembers()) {
            Resident shared = others.get(target);
            Resident resident = shared != null ? shared : find(target, others).orElseGet(() -> make(target, others));
            others.put(target, resident);
            others.putAll(resident.bound);
            bound.put(target, resident);
            bound.putAll(resident.bound);
        }
        Resident made = new Resident(linked.instantiate(sandbox, this, bound), Map.copyOf(bound));
        residents.computeIfAbsent(member, _ -> new ArrayList<>(1)).add(made);
        return made;
    }

    /// Runs a call into an instance, which is on the stack as long.
    <T> T call(Resident resident, Function<Resident, T> work) {
        StackRoom.require();
        if (depth == MAX_DEPTH) {
            throw new Trap(Trap.Kind.LIMIT, "calls on calls across components are deeper than " + MAX_DEPTH);
        }
        boolean wasBusy = resident.busy;
        depth++;
        resident.busy = true;
        try {
            return work.apply(resident);
        } finally {
            depth--;
            resident.busy = wasBusy;
        }
    }
}
