package dev.wattle.cli;

import dev.wattle.cli.ComponentFile.Export;
import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.component.LinkedComponent;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One call of one component, in this process, with a deadline.
///
/// @param timeout for starting the component and for the call, not for compiling it
record GuestCall(ComponentFile file, Export export, List<WitValue> arguments, Duration timeout) {
    /// As hosts give their guests.
    private static final long STACK_BYTES = 2L << 20;

    /// Where a trap happened is told by its innermost functions; who wants all, uses a debugger.
    private static final int MAX_FRAMES = 12;

    /// A guest that was told to stop does so at its next loop; what does not is left behind.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    /// @return the result, where the function has one
    /// @throws CommandFailure when imports are missing, the guest traps, or time runs out
    Optional<WitValue> run(ImportSource imports) {
        LinkedComponent linked = link(imports);
        var control = new GuestControl();
        var task = new FutureTask<>(() -> call(linked, control));
        Thread.ofPlatform().daemon().name("wattle-guest").stackSize(STACK_BYTES).start(task);
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            control.stop("the deadline passed");
            awaitEnd(task);
            throw CommandFailure.timedOut(
                    export.function() + " did not end within " + words(timeout) + "; give it more time with --timeout");
        } catch (InterruptedException e) {
            control.stop("the caller went away");
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private LinkedComponent link(ImportSource imports) {
        try {
            return file.component().link(imports);
        } catch (ComponentException missing) {
            throw CommandFailure.failed(file.name() + ": " + missing.getMessage(), missing);
        }
    }

    private Optional<WitValue> call(LinkedComponent linked, GuestControl control) {
        try (Sandbox sandbox = new Sandbox(control, CoreLimits.DEFAULTS)) {
            ComponentInstance instance = linked.instantiate(sandbox);
            ComponentFunction function = export.interfaceName()
                    .flatMap(name -> instance.function(name, export.function()))
                    .or(() -> instance.function(export.function()))
                    .orElseThrow();
            return function.call(arguments);
        }
    }

    private static void awaitEnd(FutureTask<?> task) {
        try {
            task.get(STOP_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // Stopped, or not to be stopped: its thread ends with this process.
            return;
        }
    }

    private static CommandFailure failure(Throwable cause) {
        if (cause instanceof Trap trap) {
            String detail = String.valueOf(trap.getMessage());
            String reason = trap.kind().reason();
            return CommandFailure.trapped(
                    "the guest trapped (" + kind(trap) + "): "
                            + (detail.startsWith(reason) ? detail : reason + ": " + detail)
                            + where(trap),
                    trap);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return CommandFailure.failed("the call failed: " + cause, cause);
    }

    /// The innermost functions of the guest, a line for each.
    private static String where(Trap trap) {
        var text = new StringBuilder();
        trap.frames().stream()
                .limit(MAX_FRAMES)
                .forEach(frame -> text.append("\n    at ").append(Table.printable(frame.toString())));
        int more = trap.frames().size() - MAX_FRAMES;
        return more > 0 ? text + "\n    and " + more + " more" : text.toString();
    }

    private static String kind(Trap trap) {
        return trap.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
