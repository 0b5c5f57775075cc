package dev.wattle.host.wasi;

import dev.wattle.wit.WitValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `wasi:http/types.request-options`: timeouts by their names.
final class RequestOptions extends HostObject {
    private final Map<String, WitValue> timeouts = new HashMap<>();

    WitValue timeout(String name) {
        return new WitValue.OptionValue(Optional.ofNullable(timeouts.get(name)));
    }

    void setTimeout(String name, Optional<WitValue> nanos) {
        nanos.ifPresentOrElse(value -> timeouts.put(name, value), () -> timeouts.remove(name));
    }
}
