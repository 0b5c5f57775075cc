//! What the kernels share: no allocator, no standard library, one generator of numbers.
#![no_std]

use core::cell::UnsafeCell;

/// A panic is a trap.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Storage with a fixed place. A kernel has one thread and takes it once in each run.
pub struct Static<T>(UnsafeCell<T>);

// There is one thread.
unsafe impl<T> Sync for Static<T> {}

impl<T> Static<T> {
    pub const fn new(value: T) -> Self {
        Static(UnsafeCell::new(value))
    }

    /// The only reference, until the run is over.
    #[allow(clippy::mut_from_ref)]
    pub fn take(&self) -> &mut T {
        unsafe { &mut *self.0.get() }
    }
}

/// Marsaglia's xorshift, 32 bits.
pub struct Random(u32);

impl Random {
    pub fn new(seed: u32) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9) | 1)
    }

    pub fn next(&mut self) -> u32 {
        let mut x = self.0;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        self.0 = x;
        x
    }

    /// Below `limit`, evenly enough.
    pub fn below(&mut self, limit: u32) -> u32 {
        ((self.next() as u64 * limit as u64) >> 32) as u32
    }
}

/// FNV-1a with 64 bits.
pub struct Checksum(u64);

impl Checksum {
    pub fn new() -> Self {
        Checksum(0xcbf2_9ce4_8422_2325)
    }

    pub fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.byte(byte);
        }
    }

    pub fn word(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x0000_0100_0000_01b3);
    }

    pub fn value(&self) -> i64 {
        self.0 as i64
    }
}

impl Default for Checksum {
    fn default() -> Self {
        Checksum::new()
    }
}
