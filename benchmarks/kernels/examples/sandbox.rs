//! What a small component looks like to whoever makes instances of it: 100 KB of data, 17 pages, and a call that
//! writes to 8 of them.
#![no_std]

use core::hint::black_box;
use kernels::Static;

const DATA_BYTES: usize = 100 * 1024;
const PAGE_BYTES: usize = 64 * 1024;
/// Behind stack and data.
const FIRST_PAGE: usize = 4;
const PAGES: usize = 8;
const OFFSET: usize = 2048;

const fn data() -> [u8; DATA_BYTES] {
    let mut bytes = [0; DATA_BYTES];
    let mut i = 0;
    while i < DATA_BYTES {
        bytes[i] = (i * 31 % 255) as u8 + 1;
        i += 1;
    }
    bytes
}

static DATA: Static<[u8; DATA_BYTES]> = Static::new(data());

/// Writes a byte into each of 8 pages; answers how many were not zero before, and a byte of the data.
#[unsafe(no_mangle)]
pub extern "C" fn run(value: i32) -> i64 {
    let mut dirty = 0;
    for page in FIRST_PAGE..FIRST_PAGE + PAGES {
        let place = black_box(page * PAGE_BYTES + OFFSET) as *mut u8;
        unsafe {
            dirty += (place.read_volatile() != 0) as i64;
            place.write_volatile(value as u8);
        }
    }
    dirty * 1000 + DATA.take()[value as usize % DATA_BYTES] as i64
}
