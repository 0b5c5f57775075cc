package dev.wattle.host.component;

/// The committed guests, for tests in other packages.
public final class Guests {
    private Guests() {}

    public static byte[] read(String guest) {
        return Prebuilt.read(guest);
    }
}
