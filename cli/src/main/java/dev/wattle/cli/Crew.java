package dev.wattle.cli;

import dev.wattle.cli.LatticeState.Member;
import dev.wattle.cli.LatticeState.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The processes that one `wattle up` has started. Each is in the state file as soon as it runs; all are
/// stopped once. Safe for any thread: Ctrl-C comes on one of its own.
final class Crew {
    private final Object lock = new Object();
    private final StateFolder folder;
    private LatticeState state; // guarded by lock
    private boolean stopping; // guarded by lock

    Crew(StateFolder folder, LatticeState empty) {
        this.folder = folder;
        this.state = empty;
    }

    /// Starts one.
    ///
    /// @throws CommandFailure when it cannot be started, or all are being stopped
    void start(String name, Role role, Path log, Supplier<ProcessHandle> starter) {
        synchronized (lock) {
            requireGoingOn();
            state = state.with(new Member(name, role, ProcessMark.of(starter.get()), log));
            folder.save(state);
        }
    }

    /// The server's address is known only once it runs.
    void startNats(Path log, Supplier<ProcessHandle> starter, Supplier<LatticeState> connected) {
        synchronized (lock) {
            requireGoingOn();
            ProcessHandle server = starter.get();
            state = connected.get().with(new Member("nats-server", Role.NATS, ProcessMark.of(server), log));
            folder.save(state);
        }
    }

    private void requireGoingOn() {
        if (stopping) {
            throw CommandFailure.failed("stopped while starting");
        }
    }

    LatticeState state() {
        synchronized (lock) {
            return state;
        }
    }

    /// Those that ended by themselves; nothing once all are being stopped.
    List<Member> lost() {
        synchronized (lock) {
            if (stopping || state.dead().isEmpty()) {
                return List.of();
            }
            // `wattle stop host` is a process of its own, and says so in the file.
            folder.load().ifPresent(saved -> saved.stopped().forEach(member -> state = state.stopping(member.name())));
            return state.dead();
        }
    }

    boolean stopping() {
        synchronized (lock) {
            return stopping;
        }
    }

    /// Stops all, in order, and forgets them. The first caller does it; others wait until it is done.
    void stop() {
        synchronized (lock) {
            if (stopping) {
                return;
            }
            stopping = true;
            List<Member> left = Processes.stop(state.members());
            if (left.isEmpty()) {
                folder.forget();
            }
        }
    }

    /// Why the first of the lost ended, as its log tells.
    Optional<String> lossReport() {
        List<Member> lost = new ArrayList<>(lost());
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        Member first = lost.getFirst();
        return Optional.of(first.name() + " has ended; the last lines of " + first.log() + ":\n"
                + Processes.tail(first.log(), StartLattice.TAIL_LINES));
    }
}
