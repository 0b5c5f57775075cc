//! Stores of bytes: the sieve of Eratosthenes.
#![no_std]

use kernels::{Checksum, Static};

const LIMIT: usize = 900_000;

static COMPOSITE: Static<[u8; LIMIT]> = Static::new([0; LIMIT]);

#[inline(never)]
fn sieve(composite: &mut [u8]) -> u32 {
    composite.fill(0);
    let limit = composite.len();
    let mut candidate = 2;
    while candidate * candidate < limit {
        if composite[candidate] == 0 {
            let mut multiple = candidate * candidate;
            while multiple < limit {
                composite[multiple] = 1;
                multiple += candidate;
            }
        }
        candidate += 1;
    }
    composite[2..].iter().map(|&byte| 1 - byte as u32).sum()
}

/// Counts the primes so many times, below limits that differ.
#[unsafe(no_mangle)]
pub extern "C" fn run(times: i32) -> i64 {
    let composite = COMPOSITE.take();
    let mut checksum = Checksum::new();
    for time in 0..times {
        checksum.word(sieve(&mut composite[..LIMIT - 1000 * time as usize]) as u64);
    }
    checksum.value()
}
