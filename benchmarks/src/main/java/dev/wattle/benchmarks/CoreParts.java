package dev.wattle.benchmarks;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The core modules of a component without the Component Model around them: every imported function is a stub
/// that does nothing and answers zeros, unless one is given; memories and tables come from the module that
/// exports them.
final class CoreParts {
    private static final int HEADER_BYTES = 8;
    private static final int CORE_MODULE_SECTION = 1;

    private final List<Part> parts;
    private final CoreLimits limits;

    private CoreParts(List<Part> parts, CoreLimits limits) {
        this.parts = parts;
        this.limits = limits;
    }

    /// A module and where its imports come from.
    private record Part(CoreModule module, List<Source> sources) {}

    private sealed interface Source {
        record Stub(CoreExtern extern) implements Source {}

        /// @param part by the order of instantiation
        record Export(int part, String name) implements Source {}
    }

    /// @param given stubs by the name of the import, of the exact Java type
    static CoreParts of(Engine engine, byte[] component, CoreLimits limits, Map<String, MethodHandle> given) {
        var waiting = new ArrayList<CoreModule>();
        coreModules(component).forEach(binary -> waiting.add(engine.compile(binary)));
        var parts = new ArrayList<Part>();
        while (!waiting.isEmpty()) {
            Part next = waiting.stream()
                    .flatMap(module -> part(module, parts, given).stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("core modules that wait for each other"));
            waiting.remove(next.module());
            parts.add(next);
        }
        return new CoreParts(parts, limits);
    }

    /// The same work as a host's for a sandbox, as far as the engine does it.
    Instances instantiate(GuestControl control) {
        var instances = new ArrayList<CoreInstance>(parts.size());
        for (Part part : parts) {
            var imports = new ArrayList<CoreExtern>(part.sources().size());
            for (Source source : part.sources()) {
                imports.add(
                        switch (source) {
                            case Source.Stub(var extern) -> extern;
                            case Source.Export(int index, String name) ->
                                instances.get(index).export(name);
                        });
            }
            instances.add(part.module().instantiate(imports, limits, control));
        }
        return new Instances(instances, main());
    }

    private int main() {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).module().exports().stream()
                    .anyMatch(export -> export.name().equals("memory"))) {
                return i;
            }
        }
        throw new IllegalStateException("no core module exports its memory");
    }

    /// What [#instantiate] made, with the one that holds the guest's own code.
    record Instances(List<CoreInstance> all, int main) implements AutoCloseable {
        CoreExtern.Function function(String name) {
            return (CoreExtern.Function) all.get(main).export(name);
        }

        CoreExtern.Memory memory() {
            return (CoreExtern.Memory) all.get(main).export("memory");
        }

        @Override
        public void close() {
            all.reversed().forEach(CoreInstance::close);
        }
    }

    private static Optional<Part> part(CoreModule module, List<Part> before, Map<String, MethodHandle> given) {
        var sources = new ArrayList<Source>();
        for (CoreModule.CoreImport wanted : module.imports()) {
            if (wanted.type() instanceof CoreType.Function function) {
                sources.add(new Source.Stub(stub(wanted.name(), function, given)));
                continue;
            }
            Optional<Source> source = find(wanted, before);
            if (source.isEmpty()) {
                return Optional.empty();
            }
            sources.add(source.get());
        }
        return Optional.of(new Part(module, sources));
    }

    private static Optional<Source> find(CoreModule.CoreImport wanted, List<Part> before) {
        for (int i = 0; i < before.size(); i++) {
            for (CoreModule.CoreExport export : before.get(i).module().exports()) {
                if (export.name().equals(wanted.name())
                        && export.type().getClass().equals(wanted.type().getClass())) {
                    return Optional.of(new Source.Export(i, export.name()));
                }
            }
        }
        return Optional.empty();
    }

    private static CoreExtern stub(String name, CoreType.Function type, Map<String, MethodHandle> given) {
        Class<?> result = switch (type.results().size()) {
            case 0 -> void.class;
            case 1 -> javaType(type.results().getFirst());
            default -> throw new IllegalStateException("a stub with many results");
        };
        List<Class<?>> parameters =
                type.parameters().stream().<Class<?>>map(CoreParts::javaType).toList();
        MethodHandle nothing = MethodHandles.empty(MethodType.methodType(result, parameters));
        return CoreExtern.hostFunction(type, given.getOrDefault(name, nothing));
    }

    private static Class<?> javaType(CoreType.Value value) {
        return switch (value) {
            case I32 -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case FUNCREF, EXTERNREF, EXNREF, OTHERREF, V128 -> Object.class;
        };
    }

    /// The core module sections of a component, in its order. Nested components are passed over: those of the
    /// guests hold none.
    static List<byte[]> coreModules(byte[] component) {
        var modules = new ArrayList<byte[]>();
        int at = HEADER_BYTES;
        while (at < component.length) {
            int section = component[at++];
            int size = 0;
            int shift = 0;
            byte next;
            do {
                next = component[at++];
                size |= (next & 0x7F) << shift;
                shift += 7;
            } while (next < 0);
            if (section == CORE_MODULE_SECTION) {
                modules.add(java.util.Arrays.copyOfRange(component, at, at + size));
            }
            at += size;
        }
        return modules;
    }
}
