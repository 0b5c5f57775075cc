package dev.wattle.host.wasi;

import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;

/// `wasi:cli`: environment, exit, standard streams, and terminals, of which there are none.
final class CliInterfaces {
    static final HostResource TERMINAL_INPUT = HostObject.resource("terminal-input");
    static final HostResource TERMINAL_OUTPUT = HostObject.resource("terminal-output");

    static final InterfaceTable EXIT = InterfaceTable.builder()
            .does(
                    "exit",
                    1,
                    (sandbox, arguments) -> exit(sandbox, ((WitValue.ResultValue) arguments.at(0)).ok() ? 0 : 1))
            .does("exit-with-code", 1, (sandbox, arguments) -> exit(sandbox, (int) arguments.number(0)))
            .build();

    private CliInterfaces() {}

    static InterfaceTable environment(WasiContext context) {
        WitValue environment = WitValue.list(context.environment().entrySet().stream()
                .map(entry -> WitValue.tuple(WitValue.of(entry.getKey()), WitValue.of(entry.getValue())))
                .toList());
        WitValue arguments =
                WitValue.list(context.arguments().stream().map(WitValue::of).toList());
        return InterfaceTable.builder()
                .gives("get-environment", 0, (_, _) -> environment)
                .gives("get-arguments", 0, (_, _) -> arguments)
                .gives("initial-cwd", 0, (_, _) -> WitValue.none())
                .build();
    }

    static InterfaceTable stdin(WasiContext context) {
        return InterfaceTable.builder()
                .resource("input-stream", IoInterfaces.INPUT_STREAM)
                .gives(
                        "get-stdin",
                        0,
                        (sandbox, _) -> new InputStreamObject(context.stdin()).give(sandbox, IoInterfaces.INPUT_STREAM))
                .build();
    }

    static InterfaceTable stdout(WasiContext context, LineRate rate) {
        return InterfaceTable.builder()
                .resource("output-stream", IoInterfaces.OUTPUT_STREAM)
                .gives(
                        "get-stdout",
                        0,
                        (sandbox, _) -> ComponentState.of(sandbox, context, rate).stdout().stream()
                                .give(sandbox, IoInterfaces.OUTPUT_STREAM))
                .build();
    }

    static InterfaceTable stderr(WasiContext context, LineRate rate) {
        return InterfaceTable.builder()
                .resource("output-stream", IoInterfaces.OUTPUT_STREAM)
                .gives(
                        "get-stderr",
                        0,
                        (sandbox, _) -> ComponentState.of(sandbox, context, rate).stderr().stream()
                                .give(sandbox, IoInterfaces.OUTPUT_STREAM))
                .build();
    }

    /// `terminal-input` or `terminal-output`: the resource alone.
    static InterfaceTable terminal(String resource, HostResource type) {
        return InterfaceTable.builder().resource(resource, type).build();
    }

    /// `terminal-stdin` and its kind: no terminal.
    static InterfaceTable noTerminal(String function, String resource, HostResource type) {
        return InterfaceTable.builder()
                .resource(resource, type)
                .gives(function, 0, (_, _) -> WitValue.none())
                .build();
    }

    private static void exit(Sandbox sandbox, int code) {
        sandbox.putState(GuestExit.class, new GuestExit(code));
        throw new Trap(Trap.Kind.EXIT, "the guest exited with code " + code);
    }
}
