//! Integer arithmetic in straight lines: SHA-256 (FIPS 180-4).
#![no_std]

use kernels::{Checksum, Random, Static};

const MESSAGE_BYTES: usize = 64 * 1024;
const BLOCK_BYTES: usize = 64;

static MESSAGE: Static<[u8; MESSAGE_BYTES]> = Static::new([0; MESSAGE_BYTES]);

/// The first 32 bits of the fractional parts of the square roots (`root` 2) or cube roots (3) of the first primes.
const fn fractions<const N: usize>(root: u32) -> [u32; N] {
    let mut words = [0; N];
    let mut found = 0;
    let mut candidate: u128 = 2;
    while found < N {
        let mut divisor = 2;
        while divisor * divisor <= candidate && candidate % divisor != 0 {
            divisor += 1;
        }
        if divisor * divisor > candidate {
            words[found] = fraction(candidate, root);
            found += 1;
        }
        candidate += 1;
    }
    words
}

/// The largest `x` with `x ^ root <= number * 2 ^ (32 * root)`, without its whole part.
const fn fraction(number: u128, root: u32) -> u32 {
    let mut x: u128 = 0;
    let mut bit: u128 = 1 << 37;
    while bit > 0 {
        let tried = x | bit;
        let power = if root == 2 { tried * tried } else { tried * tried * tried };
        if power <= number << (32 * root) {
            x = tried;
        }
        bit >>= 1;
    }
    x as u32
}

static ROUND_CONSTANTS: [u32; 64] = fractions(3);
const START: [u32; 8] = fractions(2);

#[inline(never)]
fn compress(state: &mut [u32; 8], block: &[u8; BLOCK_BYTES]) {
    let mut w = [0u32; 64];
    for i in 0..16 {
        w[i] = u32::from_be_bytes([block[4 * i], block[4 * i + 1], block[4 * i + 2], block[4 * i + 3]]);
    }
    for i in 16..64 {
        let (x, y) = (w[i - 15], w[i - 2]);
        let s0 = x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3);
        let s1 = y.rotate_right(17) ^ y.rotate_right(19) ^ (y >> 10);
        w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for i in 0..64 {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let t1 = h
            .wrapping_add(s1)
            .wrapping_add(choice)
            .wrapping_add(ROUND_CONSTANTS[i])
            .wrapping_add(w[i]);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        (h, g, f, e) = (g, f, e, d.wrapping_add(t1));
        (d, c, b, a) = (c, b, a, t1.wrapping_add(s0).wrapping_add(majority));
    }
    for (word, add) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(add);
    }
}

fn digest(message: &[u8; MESSAGE_BYTES]) -> [u32; 8] {
    let mut state = START;
    let (blocks, _) = message.as_chunks::<BLOCK_BYTES>();
    for block in blocks {
        compress(&mut state, block);
    }
    let mut last = [0; BLOCK_BYTES];
    last[0] = 0x80;
    last[BLOCK_BYTES - 8..].copy_from_slice(&(8 * MESSAGE_BYTES as u64).to_be_bytes());
    compress(&mut state, &last);
    state
}

/// Hashes 64 KiB so many times, each time with the last digest in front.
#[unsafe(no_mangle)]
pub extern "C" fn run(times: i32) -> i64 {
    let message = MESSAGE.take();
    let mut random = Random::new(11);
    message.fill_with(|| random.next() as u8);
    let mut checksum = Checksum::new();
    for _ in 0..times {
        for (i, word) in digest(message).into_iter().enumerate() {
            message[4 * i..4 * i + 4].copy_from_slice(&word.to_be_bytes());
            checksum.word(word as u64);
        }
    }
    checksum.value()
}
