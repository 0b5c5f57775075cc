package dev.wattle.spec;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;

/// What the scripts of one session import as the instance `host`: some functions, a core module, and two resources,
/// the first of them under two names. One thread.
final class HostInstance implements HostInterface {
    private static final WitType U32 = Primitive.U32;
    private static final Optional<WitType> ANSWERS_U32 = Optional.of(U32);
    private static final Optional<WitType> ANSWERS_NOTHING = Optional.empty();

    /// `(module (global (export "g") i32 (i32.const 100)) (func (export "f") (result i32) (i32.const 101)))`
    private static final byte[] SIMPLE_MODULE = {
        0,
        'a',
        's',
        'm',
        1,
        0,
        0,
        0, // header
        1,
        5,
        1,
        0x60,
        0,
        1,
        0x7F, // types: [] -> [i32]
        3,
        2,
        1,
        0, // functions
        6,
        7,
        1,
        0x7F,
        0,
        0x41,
        (byte) 0xE4,
        0,
        0x0B, // globals: i32.const 100
        7,
        9,
        2,
        1,
        'g',
        3,
        0,
        1,
        'f',
        0,
        0, // exports
        10,
        7,
        1,
        5,
        0,
        0x41,
        (byte) 0xE5,
        0,
        0x0B // code: i32.const 101
    };

    private final CoreModule simpleModule;
    private final ResourceType first = new ResourceType("resource1");
    private final ResourceType second = new ResourceType("resource2");
    private long drops;
    private long lastDrop;

    HostInstance(Engine engine) {
        this.simpleModule = engine.compile(SIMPLE_MODULE);
    }

    /// What a guest holds a handle to.
    private record Thing(long number) {}

    @Override
    public Optional<CoreModule> module(String name) {
        return name.equals("simple-module") ? Optional.of(simpleModule) : Optional.empty();
    }

    @Override
    public Optional<HostInterface> instance(String name) {
        return name.equals("nested") ? Optional.of(new Nested()) : Optional.empty();
    }

    @Override
    public Optional<HostResource> resource(String name) {
        return switch (name) {
            case "resource1", "resource1-again" -> Optional.of(new HostResource(first, this::drop));
            case "resource2" -> Optional.of(new HostResource(second, (_, _) -> {}));
            default -> Optional.empty();
        };
    }

    private void drop(Sandbox sandbox, Object thing) {
        drops++;
        lastDrop = ((Thing) thing).number();
    }

    @Override
    public Optional<HostFunction> function(String name, FunctionType type) {
        WitType own = new WitType.OwnType(first);
        WitType self = new WitType.BorrowType(first);
        return switch (name) {
            case "return-three" -> number(type, 3);
            case "return-two-slowly" ->
                HostImports.typed(type, List.of(), Optional.of(Primitive.S32), (_, _) -> Optional.of(WitValue.of(2)));
            case "return-hi" ->
                HostImports.typed(
                        type, List.of(), Optional.of(Primitive.STRING), (_, _) -> Optional.of(WitValue.of("hi")));
            case "echo-slowly" ->
                HostImports.typed(type, List.of(U32), ANSWERS_U32, (_, arguments) -> Optional.of(arguments.getFirst()));
            case "never-return" -> HostImports.typed(type, List.of(), ANSWERS_NOTHING, (_, _) -> never());
            case "[constructor]resource1" ->
                HostImports.typed(
                        type,
                        List.of(U32),
                        Optional.of(own),
                        (_, arguments) ->
                                Optional.of(new WitValue.Resource(first, new Thing(number(arguments.getFirst())))));
            case "[static]resource1.assert" ->
                HostImports.typed(type, List.of(own, U32), ANSWERS_NOTHING, (_, arguments) -> check(arguments));
            case "[static]resource1.last-drop" ->
                HostImports.typed(type, List.of(), ANSWERS_U32, (_, _) -> Optional.of(WitValue.of(lastDrop)));
            case "[static]resource1.drops" ->
                HostImports.typed(type, List.of(), ANSWERS_U32, (_, _) -> Optional.of(WitValue.of(drops)));
            case "[method]resource1.simple" ->
                HostImports.typed(type, List.of(self, U32), ANSWERS_NOTHING, (_, arguments) -> check(arguments));
            case "[method]resource1.take-borrow" ->
                HostImports.typed(type, List.of(self, self), ANSWERS_NOTHING, (_, _) -> Optional.empty());
            case "[method]resource1.take-own" ->
                HostImports.typed(type, List.of(self, own), ANSWERS_NOTHING, (_, _) -> Optional.empty());
            case "[method]resource1.never-return" ->
                HostImports.typed(type, List.of(self), ANSWERS_NOTHING, (_, _) -> never());
            default -> Optional.empty();
        };
    }

    private static Optional<HostFunction> number(FunctionType type, long answer) {
        return HostImports.typed(type, List.of(), ANSWERS_U32, (_, _) -> Optional.of(WitValue.of(answer)));
    }

    private static long number(WitValue value) {
        return ((WitValue.Int) value).value();
    }

    /// Is the resource the one of that number?
    private static Optional<WitValue> check(List<WitValue> arguments) {
        var thing = (Thing) ((WitValue.Resource) arguments.getFirst()).representation();
        long wanted = number(arguments.getLast());
        if (thing.number() != wanted) {
            throw new Mismatch("the guest gave resource %d, and says that it is %d".formatted(thing.number(), wanted));
        }
        return Optional.empty();
    }

    private static Optional<WitValue> never() {
        throw new UnsupportedException(
                "a host function that never returns, while its caller goes on, is not supported");
    }

    /// The instance inside.
    private static final class Nested implements HostInterface {
        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return name.equals("return-four") ? number(type, 4) : Optional.empty();
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return Optional.empty();
        }
    }
}
