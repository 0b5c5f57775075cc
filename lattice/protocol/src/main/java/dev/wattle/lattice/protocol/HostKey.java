package dev.wattle.lattice.protocol;

import java.util.function.Consumer;

/// The identity of a host: an nkey of role server, whose public key is the host's id.
public final class HostKey {
    private final Nkey key;

    private HostKey(Nkey key) {
        if (key.role() != NkeyRole.SERVER) {
            throw new IllegalArgumentException("a host needs a server key (SN…), not one of role " + key.role());
        }
        this.key = key;
    }

    /// A fresh identity.
    ///
    /// @param random fills an array with random bytes, such as `secureRandom::nextBytes`
    public static HostKey generate(Consumer<byte[]> random) {
        return new HostKey(Nkey.generate(NkeyRole.SERVER, random));
    }

    /// The identity of a seed, `SN…`.
    ///
    /// @throws IllegalArgumentException when it is none; the message does not quote it
    public static HostKey fromSeed(String seed) {
        return new HostKey(Nkey.fromSeed(seed));
    }

    /// The host's id, `N…`.
    public HostId id() {
        return new HostId(key.publicKey());
    }

    /// The key itself.
    public Nkey key() {
        return key;
    }

    @Override
    public String toString() {
        return "HostKey[" + id() + "]";
    }
}
