package dev.wattle.host.engine.jvm.helper;

import dev.wattle.host.engine.jvm.binary.ModuleDecoder;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.code.FunctionCompiler;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// The program of a helper process.
public final class Helper {
    private static final int TOO_LATE = 4;

    private Helper() {}

    /// Takes one order from standard input, and writes the answer to standard output.
    public static void main(String[] arguments) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
                var out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))) {
            Order order = Order.read(in);
            endAfter(order.time());
            answer(order).write(out);
        }
    }

    /// Whoever started this process ends it in time, unless it was ended itself.
    private static void endAfter(Duration time) {
        Thread.ofPlatform().name("helper-deadline").daemon().start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(TOO_LATE);
        });
    }

    private static Answer answer(Order order) {
        try {
            return compile(order);
        } catch (OutOfMemoryError error) {
            return new Answer.Refused("more than the %d MiB of heap that a helper process has"
                    .formatted(Runtime.getRuntime().maxMemory() >> 20));
        } catch (StackOverflowError error) {
            return new Answer.Refused("more than the stack that a helper process has");
        } catch (RuntimeException | LinkageError failure) {
            return new Answer.Refused("more than what classes can hold, it seems: " + failure);
        }
    }

    private static Answer compile(Order order) {
        var module = ModuleDecoder.decode(order.module(), ModuleLimits.DEFAULTS);
        Map<String, byte[]> classes =
                FunctionCompiler.compile(module, order.digest(), order.options(), order.function());
        long bytes = classes.values().stream().mapToLong(each -> each.length).sum();
        return bytes <= order.classBytes()
                ? new Answer.Compiled(classes)
                : new Answer.Refused("more than %d bytes of classes".formatted(order.classBytes()));
    }
}
