//! Matches and copies: compresses text against its last 64 KiB with a hash table, and unpacks it again.
#![no_std]

use kernels::{Checksum, Random, Static};

const INPUT_BYTES: usize = 200_000;
/// Worse than incompressible.
const PACKED_BYTES: usize = INPUT_BYTES + INPUT_BYTES / 8;
const HASH_BITS: u32 = 14;
const SHORTEST: usize = 4;
const LONGEST: usize = SHORTEST + 255;
const WINDOW: usize = 65_535;

struct Buffers {
    input: [u8; INPUT_BYTES],
    packed: [u8; PACKED_BYTES],
    output: [u8; INPUT_BYTES],
    heads: [u32; 1 << HASH_BITS],
}

static BUFFERS: Static<Buffers> = Static::new(Buffers {
    input: [0; INPUT_BYTES],
    packed: [0; PACKED_BYTES],
    output: [0; INPUT_BYTES],
    heads: [0; 1 << HASH_BITS],
});

static WORDS: [&str; 16] = [
    "lattice", "component", "the", "of", "a", "sandbox", "memory", "instance", "call", "module", "wiring", "host",
    "guest", "and", "linear", "table",
];

fn write_text(text: &mut [u8], seed: u32) {
    let mut random = Random::new(seed);
    let mut at = 0;
    while at < text.len() {
        let word = WORDS[(random.below(16) & random.below(16)) as usize].as_bytes();
        for &byte in word.iter().take(text.len() - at) {
            text[at] = byte;
            at += 1;
        }
        if at < text.len() {
            text[at] = if random.below(9) == 0 { b'0' + random.below(10) as u8 } else { b' ' };
            at += 1;
        }
    }
}

fn word_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn match_length(input: &[u8], earlier: usize, at: usize) -> usize {
    let most = LONGEST.min(input.len() - at);
    let mut length = 0;
    while length < most && input[earlier + length] == input[at + length] {
        length += 1;
    }
    length
}

/// Groups of eight items behind a byte of flags: a literal is a byte, a match is a distance and a length.
#[inline(never)]
fn pack(input: &[u8], packed: &mut [u8], heads: &mut [u32; 1 << HASH_BITS]) -> usize {
    heads.fill(0);
    let (mut at, mut end, mut flags_at, mut items) = (0, 0, 0, 8);
    while at < input.len() {
        if items == 8 {
            flags_at = end;
            packed[end] = 0;
            end += 1;
            items = 0;
        }
        let mut length = 0;
        let mut earlier = 0;
        if at + SHORTEST <= input.len() {
            let head = &mut heads[(word_at(input, at).wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS)) as usize];
            earlier = *head as usize;
            *head = at as u32;
            if earlier < at && at - earlier <= WINDOW {
                length = match_length(input, earlier, at);
            }
        }
        if length >= SHORTEST {
            packed[flags_at] |= 1 << items;
            let [low, high] = ((at - earlier) as u16).to_le_bytes();
            packed[end] = low;
            packed[end + 1] = high;
            packed[end + 2] = (length - SHORTEST) as u8;
            end += 3;
            at += length;
        } else {
            packed[end] = input[at];
            end += 1;
            at += 1;
        }
        items += 1;
    }
    end
}

#[inline(never)]
fn unpack(packed: &[u8], output: &mut [u8]) -> usize {
    let (mut at, mut end, mut flags, mut items) = (0, 0, 0, 8);
    while at < packed.len() {
        if items == 8 {
            flags = packed[at];
            at += 1;
            items = 0;
            continue;
        }
        if flags >> items & 1 == 1 {
            let distance = u16::from_le_bytes([packed[at], packed[at + 1]]) as usize;
            for _ in 0..packed[at + 2] as usize + SHORTEST {
                output[end] = output[end - distance];
                end += 1;
            }
            at += 3;
        } else {
            output[end] = packed[at];
            at += 1;
            end += 1;
        }
        items += 1;
    }
    end
}

/// Packs and unpacks so many texts. Negative when one came back changed.
#[unsafe(no_mangle)]
pub extern "C" fn run(times: i32) -> i64 {
    let Buffers { input, packed, output, heads } = BUFFERS.take();
    let mut checksum = Checksum::new();
    for time in 0..times {
        write_text(input, time as u32 + 1);
        let bytes = pack(input, packed, heads);
        let unpacked = unpack(&packed[..bytes], output);
        if unpacked != INPUT_BYTES || input != output {
            return -1;
        }
        checksum.word(bytes as u64);
        checksum.bytes(&packed[..1000]);
    }
    checksum.value() & i64::MAX
}
