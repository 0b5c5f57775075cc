package dev.wattle.host.runtime;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitValue;
import java.util.List;

/// One call over a link that leaves this process.
///
/// @param source the component that calls
/// @param route the other end
/// @param interfaceName as the caller imports it, with version
/// @param type as the caller imports it
/// @param deadline after which nobody waits for the answer
/// @param depth of calls on calls, this one included
public record LinkCall(
        String source,
        RoutingTable.Route route,
        InterfaceName interfaceName,
        String function,
        FunctionType type,
        List<WitValue> arguments,
        Deadline deadline,
        int depth) {
    public LinkCall {
        arguments = List.copyOf(arguments);
    }

    /// The link in words, for messages: `gateway -> converter cyber:finance/converter`.
    public String describeLink() {
        return source + " -> " + route.target() + " " + interfaceName.withoutVersion();
    }
}
