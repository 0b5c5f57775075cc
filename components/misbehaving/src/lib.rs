//! A guest that does harm, for tests of what a host survives. It imports nothing.

use core::arch::wasm32::{memory_grow, memory_size, unreachable};
use core::hint::black_box;
use core::ptr::read_volatile;
use exports::test::misbehaving::acts::Guest;

wit_bindgen::generate!({
    path: "wit",
    world: "misbehaving",
});

/// A mebibyte.
const GROWTH_PAGES: usize = 16;

/// How much of the stack in linear memory one call of `descend_in_memory` takes.
const FRAME_BYTES: usize = 1024;

/// Read at run time, so that the compiler cannot see that the loop and the recursions have no end.
static KEEP_GOING: bool = true;
static DESCEND: fn(u64) -> u64 = descend;

struct Misbehaving;

impl Guest for Misbehaving {
    fn trap() {
        unreachable()
    }

    fn loop_forever() {
        while unsafe { read_volatile(&KEEP_GOING) } {}
    }

    fn eat_memory() -> u32 {
        while memory_grow::<0>(GROWTH_PAGES) != usize::MAX {}
        memory_size::<0>() as u32
    }

    fn recurse() -> u64 {
        descend(0)
    }

    fn recurse_in_memory() -> u64 {
        descend_in_memory(0)
    }

    fn alive() -> bool {
        true
    }
}

fn descend(depth: u64) -> u64 {
    let next = unsafe { read_volatile(&DESCEND) };
    // Work after the call keeps it from becoming a jump.
    next(depth + 1).rotate_left(1) ^ depth
}

#[inline(never)]
fn descend_in_memory(depth: u64) -> u64 {
    let mut frame = [depth as u8; FRAME_BYTES];
    let frame = black_box(&mut frame);
    if unsafe { read_volatile(&KEEP_GOING) } {
        descend_in_memory(depth + 1) + u64::from(frame[0])
    } else {
        depth
    }
}

export!(Misbehaving);
