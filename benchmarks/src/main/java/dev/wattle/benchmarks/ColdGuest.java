package dev.wattle.benchmarks;

import dev.wattle.host.engine.Engines;
import java.nio.file.Path;

/// A process that does nothing but get the first answer out of a large guest: its whole life is what is measured.
final class ColdGuest {
    private ColdGuest() {}

    /// @param arguments the engine, the component, the argument of `work`
    public static void main(String[] arguments) throws Exception {
        try (ScriptGuest guest = ScriptGuest.load(Engines.named(arguments[0]), Path.of(arguments[1]))) {
            System.out.println(guest.work(Integer.parseInt(arguments[2])));
            System.out.flush();
        }
        System.exit(0);
    }
}
