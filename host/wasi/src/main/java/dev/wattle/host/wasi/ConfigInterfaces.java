package dev.wattle.host.wasi;

import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.WitValue;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/// `wasi:config/store`, and its draft named `runtime`: the same two functions.
final class ConfigInterfaces {
    private ConfigInterfaces() {}

    static InterfaceTable table(WasiContext context, LineRate rate) {
        return InterfaceTable.builder()
                .gives(
                        "get",
                        1,
                        (sandbox, arguments) -> read(
                                sandbox,
                                context,
                                rate,
                                config -> Optional.ofNullable(config.get(arguments.text(0)))
                                        .map(value -> WitValue.some(WitValue.of(value)))
                                        .orElseGet(WitValue::none)))
                .gives(
                        "get-all",
                        0,
                        (sandbox, _) -> read(
                                sandbox,
                                context,
                                rate,
                                config -> WitValue.list(config.entrySet().stream()
                                        .map(entry -> WitValue.tuple(
                                                WitValue.of(entry.getKey()), WitValue.of(entry.getValue())))
                                        .toList())))
                .build();
    }

    private static WitValue read(
            Sandbox sandbox, WasiContext context, LineRate rate, Function<SortedMap<String, String>, WitValue> answer) {
        SortedMap<String, String> config;
        try {
            config = ComponentState.of(sandbox, context, rate).config();
        } catch (RuntimeException _) {
            // Not the cause's message: it may hold what the guest must not see.
            return WitValue.error(WitValue.variant("upstream", WitValue.of("the configuration cannot be read")));
        }
        return WitValue.ok(answer.apply(config));
    }
}
