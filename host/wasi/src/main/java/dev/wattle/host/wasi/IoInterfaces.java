package dev.wattle.host.wasi;

import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.function.Supplier;

/// `wasi:io`: error, poll and streams. The same for every component.
final class IoInterfaces {
    static final HostResource ERROR = HostObject.resource("error");
    static final HostResource POLLABLE = HostObject.resource("pollable");
    static final HostResource INPUT_STREAM = HostObject.resource("input-stream");
    static final HostResource OUTPUT_STREAM = HostObject.resource("output-stream");

    static final InterfaceTable ERROR_TABLE = InterfaceTable.builder()
            .resource("error", ERROR)
            .gives(
                    "[method]error.to-debug-string",
                    1,
                    (_, arguments) ->
                            WitValue.of(arguments.object(0, IoError.class).message()))
            .build();

    static final InterfaceTable POLL_TABLE = InterfaceTable.builder()
            .resource("pollable", POLLABLE)
            .gives(
                    "[method]pollable.ready",
                    1,
                    (_, arguments) ->
                            WitValue.of(arguments.object(0, Pollable.class).isReady()))
            .does(
                    "[method]pollable.block",
                    1,
                    (sandbox, arguments) -> arguments.object(0, Pollable.class).block(sandbox))
            .gives("poll", 1, (sandbox, arguments) -> poll(sandbox, arguments.list(0)))
            .build();

    static final InterfaceTable STREAMS_TABLE = streams();

    private IoInterfaces() {}

    private static WitValue poll(Sandbox sandbox, List<WitValue> handles) {
        List<Pollable> pollables = handles.stream()
                .map(handle -> Arguments.object(handle, Pollable.class))
                .toList();
        return WitValue.list(Pollable.poll(sandbox, pollables).stream()
                .map(index -> WitValue.of((long) index))
                .toList());
    }

    private static InterfaceTable streams() {
        InterfaceTable.Builder table = InterfaceTable.builder()
                .resource("error", ERROR)
                .resource("pollable", POLLABLE)
                .resource("input-stream", INPUT_STREAM)
                .resource("output-stream", OUTPUT_STREAM);
        reading(table);
        writing(table);
        return table.build();
    }

    private static void reading(InterfaceTable.Builder table) {
        for (String form : List.of("", "blocking-")) {
            table.gives(
                    "[method]input-stream." + form + "read",
                    2,
                    (sandbox, arguments) -> attempt(
                            sandbox,
                            () -> WitValue.ok(
                                    new WitValue.Bytes(input(arguments, 0).read(arguments.number(1))))));
            table.gives(
                    "[method]input-stream." + form + "skip",
                    2,
                    (sandbox, arguments) -> attempt(
                            sandbox,
                            () -> WitValue.ok(WitValue.of(input(arguments, 0).skip(arguments.number(1))))));
        }
        table.gives(
                "[method]input-stream.subscribe",
                1,
                (sandbox, arguments) -> Pollable.ready().giveChild(sandbox, POLLABLE, input(arguments, 0)));
    }

    private static void writing(InterfaceTable.Builder table) {
        String method = "[method]output-stream.";
        table.gives(
                        method + "check-write",
                        1,
                        (sandbox, arguments) -> attempt(
                                sandbox,
                                () -> WitValue.ok(WitValue.of(output(arguments).checkWrite()))))
                .gives(
                        method + "write",
                        2,
                        (sandbox, arguments) ->
                                run(sandbox, () -> output(arguments).write(arguments.bytes(1))))
                .gives(
                        method + "blocking-write-and-flush",
                        2,
                        (sandbox, arguments) ->
                                run(sandbox, () -> output(arguments).writeAndFlush(arguments.bytes(1))))
                .gives(method + "flush", 1, (sandbox, arguments) -> flush(sandbox, arguments))
                .gives(method + "blocking-flush", 1, (sandbox, arguments) -> flush(sandbox, arguments))
                .gives(
                        method + "subscribe",
                        1,
                        (sandbox, arguments) -> Pollable.ready().giveChild(sandbox, POLLABLE, output(arguments)))
                .gives(
                        method + "write-zeroes",
                        2,
                        (sandbox, arguments) ->
                                run(sandbox, () -> output(arguments).writeZeroes(arguments.number(1), false)))
                .gives(
                        method + "blocking-write-zeroes-and-flush",
                        2,
                        (sandbox, arguments) ->
                                run(sandbox, () -> output(arguments).writeZeroes(arguments.number(1), true)))
                .gives(method + "splice", 3, (sandbox, arguments) -> splice(sandbox, arguments))
                .gives(method + "blocking-splice", 3, (sandbox, arguments) -> splice(sandbox, arguments));
    }

    private static WitValue flush(Sandbox sandbox, Arguments arguments) {
        return run(sandbox, () -> {
            output(arguments).requireOpen();
            output(arguments).flush();
        });
    }

    private static WitValue splice(Sandbox sandbox, Arguments arguments) {
        return attempt(
                sandbox,
                () -> WitValue.ok(WitValue.of(output(arguments).splice(input(arguments, 1), arguments.number(2)))));
    }

    private static InputStreamObject input(Arguments arguments, int index) {
        return arguments.object(index, InputStreamObject.class);
    }

    private static OutputStreamObject output(Arguments arguments) {
        return arguments.object(0, OutputStreamObject.class);
    }

    private static WitValue run(Sandbox sandbox, Runnable work) {
        return attempt(sandbox, () -> {
            work.run();
            return WitValue.ok();
        });
    }

    private static WitValue attempt(Sandbox sandbox, Supplier<WitValue> work) {
        try {
            return work.get();
        } catch (StreamFailure failure) {
            return failure.toResult(sandbox);
        }
    }
}
