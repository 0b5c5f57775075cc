package dev.wattle.provider.http.server;

import dev.wattle.provider.api.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Where a server listens: `host:port`, `[v6]:port` or a port alone.
record BindAddress(String host, int port) {
    /// Reads an address; a name's case does not matter.
    ///
    /// @throws ProviderException when the text has another shape
    static BindAddress parse(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        int colon = trimmed.lastIndexOf(':');
        String host = colon < 0 ? "" : trimmed.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw wrong(text);
        }
        if (host.isEmpty()) {
            throw wrong(text);
        }
        return new BindAddress(host, port(trimmed.substring(colon + 1), text));
    }

    /// The loopback at a port.
    static BindAddress loopback(String port) {
        return new BindAddress("localhost", port(port.strip(), port));
    }

    /// What to bind: for `localhost`, every loopback address that this machine has.
    List<InetAddress> resolve() {
        if (host.equals("localhost")) {
            return loopbacks();
        }
        try {
            return List.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            throw new ProviderException("cannot listen on " + this + ": no such host", e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static List<InetAddress> loopbacks() {
        List<InetAddress> found = new ArrayList<>();
        for (byte[] bytes : List.of(new byte[] {127, 0, 0, 1}, v6Loopback())) {
            try {
                InetAddress address = InetAddress.getByAddress("localhost", bytes);
                if (exists(address)) {
                    found.add(address);
                }
            } catch (UnknownHostException e) {
                throw new IllegalStateException("a loopback of " + bytes.length + " bytes", e);
            }
        }
        return found;
    }

    private static byte[] v6Loopback() {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return bytes;
    }

    /// A machine may have no IPv6 though its `localhost` names it: only binding tells.
    private static boolean exists(InetAddress address) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int port(String digits, String text) {
        if (digits.isEmpty()
                || digits.length() > 5
                || !Arrays.stream(digits.split("")).allMatch(BindAddress::digit)) {
            throw wrong(text);
        }
        int port = Integer.parseInt(digits);
        if (port > 65_535) {
            throw wrong(text);
        }
        return port;
    }

    private static boolean digit(String c) {
        return c.charAt(0) >= '0' && c.charAt(0) <= '9';
    }

    private static ProviderException wrong(String text) {
        return new ProviderException("'" + text + "' is no address to listen on; expected host:port", null);
    }
}
