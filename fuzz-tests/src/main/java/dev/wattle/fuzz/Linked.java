package dev.wattle.fuzz;

import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wire;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The compiled modules of a case: its own, and the library that it imports from.
record Linked(CoreModule main, Optional<CoreModule> library) {
    static Linked open(Engine engine, Case tried) {
        var library = tried.library().map(other -> engine.compile(other.binary()));
        return new Linked(engine.compile(tried.binary()), library);
    }

    /// The same, with all functions wired: to the library, wired as it is here, and to the host.
    Linked wired() {
        var wiredLibrary = library.map(other -> wired(other, Optional.empty()));
        return new Linked(wired(main, wiredLibrary), wiredLibrary);
    }

    private static CoreModule wired(CoreModule module, Optional<CoreModule> library) {
        return module.wire(module.imports().stream()
                .map(wanted -> {
                    if (!(wanted.type() instanceof CoreType.Function)) {
                        return new Wire.Open();
                    }
                    return wanted.module().equals(Case.LIBRARY)
                            ? new Wire.Export(library.orElseThrow(), wanted.name())
                            : Host.wire(wanted);
                })
                .toList());
    }

    /// Their instances.
    static final class Sandbox implements AutoCloseable {
        private final Linked modules;
        private final Host host;
        private final GuestControl guest;
        private @Nullable CoreInstance library;
        private @Nullable CoreInstance main;

        Sandbox(Linked modules, Host host, GuestControl guest) {
            this.modules = modules;
            this.host = host;
            this.guest = guest;
        }

        /// Makes them, the library first.
        void open() {
            if (modules.library.isPresent()) {
                library = instance(modules.library.get());
            }
            main = instance(modules.main);
        }

        private CoreInstance instance(CoreModule module) {
            var externs = module.imports().stream()
                    .map(wanted -> wanted.module().equals(Case.LIBRARY)
                            ? library().export(wanted.name())
                            : host.extern(wanted))
                    .toList();
            return module.instantiate(externs, CoreLimits.DEFAULTS, guest);
        }

        CoreInstance library() {
            return opened(library);
        }

        CoreInstance main() {
            return opened(main);
        }

        private static CoreInstance opened(@Nullable CoreInstance instance) {
            if (instance == null) {
                throw new IllegalStateException("there is no such instance");
            }
            return instance;
        }

        @Override
        public void close() {
            if (main != null) {
                main.close();
            }
            if (library != null) {
                library.close();
            }
        }
    }
}
