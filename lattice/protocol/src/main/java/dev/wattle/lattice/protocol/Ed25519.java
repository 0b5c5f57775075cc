package dev.wattle.lattice.protocol;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/// The one step of Ed25519 that the JDK keeps to itself: from a seed to its public key (RFC 8032, 5.1.5). Runs
/// once for each key, so it is written to be read. Not in constant time: it runs where the seed was just read,
/// for nobody else.
final class Ed25519 {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    private static final BigInteger BASE_Y =
            BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P);
    private static final Point BASE = Point.affine(xFor(BASE_Y), BASE_Y);

    private Ed25519() {}

    static byte[] publicKey(byte[] seed) {
        byte[] digest = sha512(seed);
        digest[0] &= (byte) 0xF8;
        digest[31] &= 0x7F;
        digest[31] |= 0x40;
        return multiply(littleEndian(Arrays.copyOf(digest, 32))).encode();
    }

    private static Point multiply(BigInteger scalar) {
        Point sum = Point.affine(BigInteger.ZERO, BigInteger.ONE);
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = sum.add(sum);
            if (scalar.testBit(bit)) {
                sum = sum.add(BASE);
            }
        }
        return sum;
    }

    /// The even root of the curve's equation, x² = (y² - 1) / (d y² + 1).
    private static BigInteger xFor(BigInteger y) {
        BigInteger ySquared = y.multiply(y);
        BigInteger square = ySquared.subtract(BigInteger.ONE)
                .multiply(D.multiply(ySquared).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!root.multiply(root).mod(P).equals(square)) {
            root = root.multiply(
                            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P))
                    .mod(P);
        }
        return root.testBit(0) ? P.subtract(root) : root;
    }

    private static byte[] sha512(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(bytes);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("every JDK has SHA-512", broken);
        }
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    /// A point of the curve in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
    private record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {
        static Point affine(BigInteger x, BigInteger y) {
            return new Point(x, y, BigInteger.ONE, x.multiply(y).mod(P));
        }

        /// RFC 8032, 5.1.4; it is complete, so it doubles too.
        Point add(Point other) {
            BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(P);
            BigInteger b = y.add(x).multiply(other.y.add(other.x)).mod(P);
            BigInteger c =
                    t.multiply(BigInteger.TWO).multiply(D).multiply(other.t).mod(P);
            BigInteger d = z.multiply(BigInteger.TWO).multiply(other.z).mod(P);
            BigInteger e = b.subtract(a);
            BigInteger f = d.subtract(c);
            BigInteger g = d.add(c);
            BigInteger h = b.add(a);
            return new Point(
                    e.multiply(f).mod(P),
                    g.multiply(h).mod(P),
                    f.multiply(g).mod(P),
                    e.multiply(h).mod(P));
        }

        byte[] encode() {
            BigInteger inverse = z.modInverse(P);
            BigInteger affineX = x.multiply(inverse).mod(P);
            byte[] bigEndian = y.multiply(inverse).mod(P).toByteArray();
            byte[] key = new byte[32];
            for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
                key[i] = bigEndian[bigEndian.length - 1 - i];
            }
            key[31] |= (byte) (affineX.testBit(0) ? 0x80 : 0);
            return key;
        }
    }
}
