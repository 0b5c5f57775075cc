package dev.wattle.interop;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;

/// The host of the test world: answers as it was told, keeps counters, refuses. Anything else that a guest
/// imports comes from another source, or is there and traps when it is called. One thread.
final class TestHost implements ImportSource {
    private final ImportSource others;
    private final HostLog log = new HostLog();
    private final HostResource counter = new HostResource(HostCounters.TYPE, (_, number) -> dropped((Integer) number));
    private HostCounters counters = new HostCounters();
    private Optional<WitValue> answer = Optional.empty();
    private boolean logging = true;

    TestHost(ImportSource others) {
        this.others = others;
    }

    void fresh() {
        counters = new HostCounters();
        log.take();
    }

    /// What the functions answer that have no answer of their own.
    void answerWith(Optional<WitValue> value) {
        answer = value;
    }

    void logging(boolean on) {
        logging = on;
    }

    HostLog log() {
        return log;
    }

    @Override
    public Optional<HostInterface> interfaceFor(InterfaceName name) {
        return Optional.of(
                switch (name.toString()) {
                    case TestWorld.TYPES -> new Functions((_, _) -> Optional.empty());
                    case TestWorld.VALUES ->
                        new Functions((function, type) -> Optional.of(told(TestWorld.VALUES, function, type)));
                    case TestWorld.COUNTERS -> new Functions((function, type) -> Optional.of(counting(function, type)));
                    case TestWorld.REFUSAL -> new Functions((_, type) -> Optional.of(refusing(type)));
                    default -> new OrRefused(name, others.interfaceFor(name));
                });
    }

    @Override
    public Optional<HostFunction> rootFunction(String name, FunctionType type) {
        return name.equals(TestWorld.ASK) ? Optional.of(told("", name, type)) : others.rootFunction(name, type);
    }

    private HostFunction told(String interfaceName, String function, FunctionType type) {
        return (_, arguments) -> {
            called(interfaceName, function, type, arguments);
            return answer;
        };
    }

    private HostFunction counting(String function, FunctionType type) {
        return (_, arguments) -> {
            called(TestWorld.COUNTERS, function, type, arguments);
            return counters.call(function, arguments);
        };
    }

    private HostFunction refusing(FunctionType type) {
        return (_, arguments) -> {
            called(TestWorld.REFUSAL, TestWorld.REFUSE, type, arguments);
            throw new Trap(Trap.Kind.LINK, "refused");
        };
    }

    private void called(String interfaceName, String function, FunctionType type, List<WitValue> arguments) {
        if (logging) {
            log.called(interfaceName, function, type, arguments);
        }
    }

    private void dropped(int number) {
        counters.drop(number);
        log.dropped(number);
    }

    @FunctionalInterface
    private interface FunctionSource {
        Optional<HostFunction> function(String name, FunctionType type);
    }

    private final class Functions implements HostInterface {
        private final FunctionSource source;

        Functions(FunctionSource source) {
            this.source = source;
        }

        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return source.function(name, type);
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return name.equals(TestWorld.COUNTER) ? Optional.of(counter) : Optional.empty();
        }
    }

    /// An interface of the other source; what that one lacks was not granted, and says so when it is called.
    private static final class OrRefused implements HostInterface {
        private final InterfaceName name;
        private final Optional<HostInterface> source;

        OrRefused(InterfaceName name, Optional<HostInterface> source) {
            this.name = name;
            this.source = source;
        }

        @Override
        public Optional<HostFunction> function(String function, FunctionType type) {
            return source.flatMap(known -> known.function(function, type))
                    .or(() -> Optional.of((_, _) -> {
                        throw new Trap(Trap.Kind.LINK, "not granted: " + name + "#" + function);
                    }));
        }

        @Override
        public Optional<HostResource> resource(String resource) {
            return source.flatMap(known -> known.resource(resource))
                    .or(() -> Optional.of(new HostResource(new ResourceType(resource), (_, _) -> {})));
        }
    }
}
