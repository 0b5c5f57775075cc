package dev.wattle.host.wasi;

import dev.wattle.host.component.HostResource;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.stream.Stream;

/// `wasi:sockets`, of which nothing is granted: no socket is made and no name looked up; both answer
/// `access-denied`. So no method of a socket can be called.
final class SocketInterfaces {
    static final HostResource NETWORK = HostObject.resource("network");
    static final HostResource TCP_SOCKET = HostObject.resource("tcp-socket");
    static final HostResource UDP_SOCKET = HostObject.resource("udp-socket");
    static final HostResource INCOMING_DATAGRAMS = HostObject.resource("incoming-datagram-stream");
    static final HostResource OUTGOING_DATAGRAMS = HostObject.resource("outgoing-datagram-stream");
    static final HostResource ADDRESSES = HostObject.resource("resolve-address-stream");

    private static final WitValue DENIED = WitValue.error(new WitValue.EnumValue("access-denied"));
    private static final WitValue IPV4 = new WitValue.EnumValue("ipv4");

    /// The right to nothing; needed to ask and be refused.
    private static final class Network extends HostObject {}

    static final InterfaceTable NETWORK_TABLE = InterfaceTable.builder()
            .resource("network", NETWORK)
            .resource("error", IoInterfaces.ERROR)
            .answer(WitValue.none(), List.of("network-error-code/1"))
            .build();

    static final InterfaceTable INSTANCE_NETWORK = InterfaceTable.builder()
            .resource("network", NETWORK)
            .gives("instance-network", 0, (sandbox, _) -> new Network().give(sandbox, NETWORK))
            .build();

    static final InterfaceTable NAME_LOOKUP = withReady(
                    InterfaceTable.builder()
                            .resource("network", NETWORK)
                            .resource("resolve-address-stream", ADDRESSES)
                            .answer(DENIED, List.of("resolve-addresses/2")),
                    "resolve-address-stream")
            .answer(DENIED, List.of("[method]resolve-address-stream.resolve-next-address/1"))
            .build();

    static final InterfaceTable TCP_CREATE = InterfaceTable.builder()
            .resource("network", NETWORK)
            .resource("tcp-socket", TCP_SOCKET)
            .answer(DENIED, List.of("create-tcp-socket/1"))
            .build();

    static final InterfaceTable UDP_CREATE = InterfaceTable.builder()
            .resource("network", NETWORK)
            .resource("udp-socket", UDP_SOCKET)
            .answer(DENIED, List.of("create-udp-socket/1"))
            .build();

    static final InterfaceTable TCP = withReady(
                    InterfaceTable.builder()
                            .resource("network", NETWORK)
                            .resource("tcp-socket", TCP_SOCKET)
                            .resource("input-stream", IoInterfaces.INPUT_STREAM)
                            .resource("output-stream", IoInterfaces.OUTPUT_STREAM),
                    "tcp-socket")
            .answer(WitValue.of(false), List.of("[method]tcp-socket.is-listening/1"))
            .answer(IPV4, List.of("[method]tcp-socket.address-family/1"))
            .answer(
                    DENIED,
                    methods(
                            "tcp-socket",
                            "start-bind/3 finish-bind/1 start-connect/3 finish-connect/1 start-listen/1"
                                    + " finish-listen/1 accept/1 local-address/1 remote-address/1"
                                    + " set-listen-backlog-size/2 keep-alive-enabled/1 set-keep-alive-enabled/2"
                                    + " keep-alive-idle-time/1 set-keep-alive-idle-time/2 keep-alive-interval/1"
                                    + " set-keep-alive-interval/2 keep-alive-count/1 set-keep-alive-count/2"
                                    + " hop-limit/1 set-hop-limit/2 receive-buffer-size/1 set-receive-buffer-size/2"
                                    + " send-buffer-size/1 set-send-buffer-size/2 shutdown/2"))
            .build();

    static final InterfaceTable UDP = withReady(
                    withReady(
                            withReady(
                                    InterfaceTable.builder()
                                            .resource("network", NETWORK)
                                            .resource("udp-socket", UDP_SOCKET)
                                            .resource("incoming-datagram-stream", INCOMING_DATAGRAMS)
                                            .resource("outgoing-datagram-stream", OUTGOING_DATAGRAMS),
                                    "udp-socket"),
                            "incoming-datagram-stream"),
                    "outgoing-datagram-stream")
            .answer(IPV4, List.of("[method]udp-socket.address-family/1"))
            .answer(
                    DENIED,
                    methods(
                            "udp-socket",
                            "start-bind/3 finish-bind/1 stream/2 local-address/1 remote-address/1"
                                    + " unicast-hop-limit/1 set-unicast-hop-limit/2 receive-buffer-size/1"
                                    + " set-receive-buffer-size/2 send-buffer-size/1 set-send-buffer-size/2"))
            .answer(DENIED, methods("incoming-datagram-stream", "receive/2"))
            .answer(DENIED, methods("outgoing-datagram-stream", "check-send/1 send/2"))
            .build();

    private SocketInterfaces() {}

    private static List<String> methods(String resource, String names) {
        return Stream.of(names.split(" "))
                .map(name -> "[method]" + resource + "." + name)
                .toList();
    }

    private static InterfaceTable.Builder withReady(InterfaceTable.Builder table, String resource) {
        return table.resource("pollable", IoInterfaces.POLLABLE)
                .gives(
                        "[method]" + resource + ".subscribe",
                        1,
                        (sandbox, _) -> Pollable.ready().give(sandbox, IoInterfaces.POLLABLE));
    }
}
