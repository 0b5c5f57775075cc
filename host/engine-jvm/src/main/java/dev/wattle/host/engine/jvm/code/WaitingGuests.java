package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.GuestControl;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/// Sandboxes whose code may have to wait for a large function to be compiled. The JVM asks for the function's class on
/// the guest's thread, without a word about whose it is: so all that may ask are known here. Safe for any thread.
public final class WaitingGuests {
    private final Set<GuestControl> guests = Collections.newSetFromMap(new WeakHashMap<>()); // guarded by itself

    /// A sandbox gets an instance of a module with large functions.
    public void add(GuestControl guest) {
        synchronized (guests) {
            guests.add(guest);
        }
    }

    /// Looks if the sandbox that runs on the current thread, if any does, has to stop, or gives others their turn.
    ///
    /// @throws dev.wattle.host.engine.Trap when it was stopped
    void poll() {
        GuestControl[] known;
        synchronized (guests) {
            known = guests.toArray(GuestControl[]::new);
        }
        for (GuestControl guest : known) {
            if (guest.runsHere()) {
                guest.poll();
            }
        }
    }
}
