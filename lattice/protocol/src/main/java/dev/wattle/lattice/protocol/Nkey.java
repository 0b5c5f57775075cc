package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.function.Consumer;

/// An nkey pair: an Ed25519 key with a role, as NATS and wasmCloud write it. The seed is a secret: nothing
/// prints it but [#seed()].
public final class Nkey {
    private static final int KEY_BYTES = 32;

    private final NkeyRole role;
    private final byte[] seed;
    private final byte[] publicKey;

    private Nkey(NkeyRole role, byte[] seed) {
        this.role = role;
        this.seed = seed;
        this.publicKey = Ed25519.publicKey(seed);
    }

    /// A fresh key.
    ///
    /// @param random fills an array with random bytes, such as `secureRandom::nextBytes`
    public static Nkey generate(NkeyRole role, Consumer<byte[]> random) {
        byte[] seed = new byte[KEY_BYTES];
        random.accept(seed);
        return new Nkey(role, seed);
    }

    /// Reads a seed, `S` and the letter of the role first.
    ///
    /// @throws IllegalArgumentException when it is none; the message does not quote it
    public static Nkey fromSeed(String text) {
        byte[] raw = NkeyText.decode(text, 2 + KEY_BYTES);
        if ((raw[0] & 0xF8) != NkeyText.SEED) {
            throw new IllegalArgumentException("not a seed: it must start with S");
        }
        int prefix = ((raw[0] & 0x07) << 5) | ((raw[1] & 0xFF) >> 3);
        if ((prefix & 0x07) != 0) {
            throw new IllegalArgumentException("a seed of no known role");
        }
        return new Nkey(NkeyRole.of(prefix >> 3), Arrays.copyOfRange(raw, 2, raw.length));
    }

    /// Is it the public key of that role, with the right check digits?
    public static boolean isPublicKey(NkeyRole role, String text) {
        try {
            return (NkeyText.decode(text, 1 + KEY_BYTES)[0] & 0xFF) == role.letter() << 3;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Did the owner of the public key sign this?
    ///
    /// @throws IllegalArgumentException when the text is no public key
    public static boolean verify(String publicKey, ByteString message, ByteString signature) {
        byte[] raw = NkeyText.decode(publicKey, 1 + KEY_BYTES);
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey(Arrays.copyOfRange(raw, 1, raw.length)));
            verifier.update(message.asBuffer());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// What it is for.
    public NkeyRole role() {
        return role;
    }

    /// The text of the public key.
    public String publicKey() {
        byte[] raw = new byte[1 + KEY_BYTES];
        raw[0] = (byte) (role.letter() << 3);
        System.arraycopy(publicKey, 0, raw, 1, KEY_BYTES);
        return NkeyText.encode(raw);
    }

    /// The text of the seed: a secret.
    public String seed() {
        int prefix = role.letter() << 3;
        byte[] raw = new byte[2 + KEY_BYTES];
        raw[0] = (byte) (NkeyText.SEED | (prefix >> 5));
        raw[1] = (byte) ((prefix & 0x1F) << 3);
        System.arraycopy(seed, 0, raw, 2, KEY_BYTES);
        return NkeyText.encode(raw);
    }

    /// An Ed25519 signature of 64 bytes.
    public ByteString sign(ByteString message) {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message.asBuffer());
            return ByteString.adopt(signer.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("signing with a good Ed25519 key cannot fail", broken);
        }
    }

    private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        byte[] bigEndian = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            bigEndian[i] = raw[KEY_BYTES - 1 - i];
        }
        boolean odd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7F;
        var point = new EdECPoint(odd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    @Override
    public String toString() {
        return "Nkey[" + publicKey() + "]";
    }
}
