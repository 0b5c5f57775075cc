//! Takes a payment: converts the amount and writes the receipt.

use cyber::finance::converter;
use exports::cyber::payments::processing;
use wasi::random::random;

wit_bindgen::generate!({
    path: [
        "../wit/wasi-random.wit",
        "../wit/cyber-finance.wit",
        "../wit/cyber-payments.wit",
        "wit",
    ],
    world: "wattle:processor/processor",
    generate_all,
});

struct Processor;

impl processing::Guest for Processor {
    fn process_payment(
        user: String,
        amount: f64,
        from: String,
        to: String,
    ) -> Result<processing::Receipt, String> {
        if user.trim().is_empty() {
            return Err("the user must not be blank".into());
        }
        let conversion = converter::convert(amount, &from, &to)?;
        Ok(processing::Receipt {
            id: payment_id(random::get_random_u64(), random::get_random_u64()),
            user,
            paid: conversion.amount,
            currency: conversion.currency,
            timestamp: conversion.timestamp,
        })
    }
}

/// The same function at the root of the world, with the world's own record.
impl Guest for Processor {
    fn process_payment(
        user: String,
        amount: f64,
        from: String,
        to: String,
    ) -> Result<Receipt, String> {
        let receipt =
            <Processor as processing::Guest>::process_payment(user, amount, from, to)?;
        Ok(Receipt {
            id: receipt.id,
            user: receipt.user,
            paid: receipt.paid,
            currency: receipt.currency,
            timestamp: receipt.timestamp,
        })
    }
}

/// A random UUID (version 4, variant 1): 122 of the 128 bits are random.
fn payment_id(high: u64, low: u64) -> String {
    let high = (high & !0xf000) | 0x4000;
    let low = (low & (u64::MAX >> 2)) | (1 << 63);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

export!(Processor);
