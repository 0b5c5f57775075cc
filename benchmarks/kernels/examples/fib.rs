//! Calls: the Fibonacci numbers, twice recursive.
#![no_std]

use kernels as _;

#[inline(never)]
fn fib(n: i32) -> i64 {
    if n < 2 { n as i64 } else { fib(n - 1) + fib(n - 2) }
}

/// The `n`th number.
#[unsafe(no_mangle)]
pub extern "C" fn run(n: i32) -> i64 {
    fib(n)
}
