package dev.wattle.host.component;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;

import dev.wattle.host.component.Assembly.Argument;
import dev.wattle.host.component.Assembly.Export;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Wasm;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import java.util.List;
import java.util.Optional;

/// A component for tests of what happens in the middle of things. It imports `echo: func(string) -> string` and exports
///
/// * `dive: func(depth, what) -> u32`, which calls itself so often, and then does one of `CALL` (of `echo`), `DROP` (of
/// a
///   resource of its own, whose destructor counts) and `NOTHING`;
/// * `say: func(string) -> string` and `give: func(list<u8>) -> list<u8>`, which answer what they got;
/// * `count: func() -> u32`, how many destructors were entered and left: both have to be the same;
/// * `spin: func()`, which never returns; `grow-table: func(u32) -> u32` and `table-size: func() -> u32`;
/// * `grow-memory: func(u32) -> u32`, `make: func(u32) -> u32`, so many resources.
final class DivingGuest {
    static final int NOTHING = 0;
    static final int CALL = 1;
    static final int DROP = 2;

    /// Counts that do not agree.
    static final int TORN = -1;

    private static final int[] NONE = {};
    private static final int[] I32 = {Wasm.I32};
    private static final int[] TWO = {Wasm.I32, Wasm.I32};
    private static final int[] FOUR = {Wasm.I32, Wasm.I32, Wasm.I32, Wasm.I32};
    private static final int ADD = 0x6A;
    private static final int SUB = 0x6B;
    private static final int EQUAL = 0x46;
    private static final int ZERO = 0x45;
    private static final int IF = 0x04;
    private static final int ELSE = 0x05;
    private static final int RETURN = 0x0F;
    private static final int LOAD = 0x28;
    private static final int STORE = 0x36;
    private static final int SELECT = 0x1B;

    /// Where the text lies that is given to `echo`, and where it puts the answer's pointer.
    private static final int TEXT = 16;

    private static final int ANSWER = 64;

    /// Where realloc begins to give memory out, and goes back to.
    private static final int HEAP = 1024;

    private DivingGuest() {}

    static Component load(Engine engine) {
        return Component.load(engine, binary());
    }

    /// Links it to an `echo`.
    static LinkedComponent link(Component component, HostFunction echo) {
        return component.link(new ImportSource() {
            @Override
            public Optional<HostInterface> interfaceFor(InterfaceName name) {
                return Optional.empty();
            }

            @Override
            public Optional<HostFunction> rootFunction(String name, FunctionType type) {
                return name.equals("echo") ? Optional.of(echo) : Optional.empty();
            }
        });
    }

    static byte[] binary() {
        var all = new Assembly();
        byte[] u32 = Assembly.primitive(Assembly.U32);
        byte[] string = Assembly.primitive(Assembly.STRING);
        int textual = all.functionType(List.of(string), string);
        int library = all.instantiate(all.module(library()));
        int memory = all.memory(library, "memory");
        int realloc = all.coreFunction(library, "realloc");
        int echo = all.lower(all.importFunction("echo", textual), memory, realloc);
        int thing = all.resource(all.coreFunction(library, "destroy"));
        int host = all.instance(
                Export.function("echo", echo),
                Export.function("new", all.resourceNew(thing)),
                Export.function("drop", all.resourceDrop(thing)));
        int main = all.instantiate(all.module(main()), new Argument("library", library), new Argument("host", host));
        int nullary = all.functionType(List.of(), u32);
        int unary = all.functionType(List.of(u32), u32);
        int binary = all.functionType(List.of(u32, u32), u32);
        int silent = all.functionType(List.of());
        all.exportFunction("dive", all.lift(all.coreFunction(main, "dive"), binary, memory, realloc));
        all.exportFunction("say", all.lift(all.coreFunction(main, "say"), textual, memory, realloc));
        byte[] octets = Assembly.reference(all.list(Assembly.primitive(Assembly.U8)));
        int giving = all.functionType(List.of(octets), octets);
        all.exportFunction("give", all.lift(all.coreFunction(main, "say"), giving, memory, realloc));
        all.exportFunction("count", all.lift(all.coreFunction(library, "count"), nullary, memory, realloc));
        all.exportFunction("spin", all.lift(all.coreFunction(main, "spin"), silent, memory, realloc));
        all.exportFunction("make", all.lift(all.coreFunction(main, "make"), unary, memory, realloc));
        all.exportFunction("grow-table", all.lift(all.coreFunction(library, "growTable"), unary, memory, realloc));
        all.exportFunction("table-size", all.lift(all.coreFunction(library, "tableSize"), nullary, memory, realloc));
        all.exportFunction("grow-memory", all.lift(all.coreFunction(library, "growMemory"), unary, memory, realloc));
        return all.build();
    }

    /// Memory, realloc, a table, and the destructor: it counts before and after a call.
    private static byte[] library() {
        var module = new Wasm()
                .memory(1, Wasm.NO_MAXIMUM)
                .exportMemory("memory")
                .table(4, Wasm.NO_MAXIMUM)
                .global(Wasm.I32, true, i32(0))
                .global(Wasm.I32, true, i32(0));
        int nothing = module.function(module.type(NONE, NONE));
        return module.exported("realloc", FOUR, I32, i32(HEAP))
                .exported(
                        "destroy",
                        I32,
                        NONE,
                        Wasm.globalGet(0),
                        i32(1),
                        ADD,
                        Wasm.globalSet(0),
                        Wasm.call(nothing),
                        Wasm.globalGet(1),
                        i32(1),
                        ADD,
                        Wasm.globalSet(1))
                .exported(
                        "count",
                        NONE,
                        I32,
                        Wasm.globalGet(0),
                        i32(TORN),
                        Wasm.globalGet(0),
                        Wasm.globalGet(1),
                        EQUAL,
                        SELECT)
                .exported("growTable", I32, I32, Wasm.refNullFunction(), localGet(0), Wasm.tableGrow())
                .exported("tableSize", NONE, I32, Wasm.tableSize())
                .exported("growMemory", I32, I32, localGet(0), Wasm.memoryGrow())
                .build();
    }

    private static byte[] main() {
        var module = new Wasm();
        int echo = module.importFunction("host", "echo", module.type(new int[] {Wasm.I32, Wasm.I32, Wasm.I32}, NONE));
        int create = module.importFunction("host", "new", module.type(I32, I32));
        int drop = module.importFunction("host", "drop", module.type(I32, NONE));
        module.importMemory("library", "memory", 1, Wasm.NO_MAXIMUM);
        int act = module.function(
                module.type(I32, I32),
                Wasm.code(localGet(0), i32(CALL), EQUAL, IF, Wasm.VOID),
                Wasm.code(i32(TEXT), i32(32), i32(ANSWER), Wasm.call(echo), i32(ANSWER), Wasm.access(LOAD, 4), RETURN),
                Wasm.code(Wasm.END, localGet(0), i32(DROP), EQUAL, IF, Wasm.VOID),
                Wasm.code(i32(7), Wasm.call(create), Wasm.call(drop), Wasm.END, i32(0)));
        module.exportFunction("dive", act + 1);
        int dive = module.function(
                module.type(TWO, I32),
                Wasm.code(localGet(0), ZERO, IF, Wasm.I32, localGet(1), Wasm.call(act), ELSE),
                Wasm.code(localGet(0), i32(1), SUB, localGet(1), Wasm.call(act + 1), i32(1), ADD, Wasm.END));
        assert dive == act + 1;
        return module.exported(
                        "say",
                        TWO,
                        I32,
                        Wasm.code(i32(ANSWER), localGet(0), Wasm.access(STORE, 0)),
                        Wasm.code(i32(ANSWER), localGet(1), Wasm.access(STORE, 4), i32(ANSWER)))
                .exported("spin", NONE, NONE, Wasm.loop(Wasm.VOID), Wasm.branch(0), Wasm.END)
                .exported(
                        "make",
                        I32,
                        I32,
                        Wasm.code(Wasm.loop(Wasm.VOID), i32(1), Wasm.call(create), Wasm.DROP),
                        Wasm.code(localGet(0), i32(1), SUB, 0x22, 0, Wasm.branchIf(0), Wasm.END, i32(0)))
                .build();
    }
}
