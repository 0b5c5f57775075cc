//! The smallest guest: two pure functions and no import.

use exports::cyber::math::operations::Guest;

wit_bindgen::generate!({
    path: ["../wit/cyber-math.wit", "wit"],
    world: "wattle:calculator/calculator",
    generate_all,
});

struct Calculator;

/// Arithmetic wraps: the result is the true one modulo 2^32. A trap would make an ordinary pair of numbers a crash.
impl Guest for Calculator {
    fn add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }

    fn multiply(a: u32, b: u32) -> u32 {
        a.wrapping_mul(b)
    }
}

export!(Calculator);
