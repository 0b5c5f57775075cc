package dev.wattle.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Whether ports of the loopback addresses are free.
final class Ports {
    static final int MAX = 65_535;

    private Ports() {}

    /// Is it free on every loopback address that `localhost` may mean?
    static boolean free(int port) {
        return loopback().stream().allMatch(address -> free(address, port));
    }

    private static boolean free(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// A port that is free now.
    static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw CommandFailure.failed("no port is free: " + e.getMessage(), e);
        }
    }

    private static List<InetAddress> loopback() {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            addresses.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            byte[] one = new byte[16];
            one[15] = 1;
            InetAddress six = InetAddress.getByAddress(one);
            if (NetworkInterface.getByInetAddress(six) != null) {
                addresses.add(six);
            }
        } catch (UnknownHostException | SocketException _) {
            // This machine has no IPv6.
            return addresses;
        }
        return addresses;
    }
}
