//! Converts money with the rates of its configuration: the key `USD_EUR` holds what one dollar is in euros.

use exports::cyber::finance::converter::{ConversionResult, Guest};
use wasi::clocks::wall_clock;
use wasi::config::store;

wit_bindgen::generate!({
    path: [
        "../wit/wasi-clocks.wit",
        "../wit/wasi-config.wit",
        "../wit/cyber-finance.wit",
        "wit",
    ],
    world: "wattle:converter/converter",
    generate_all,
});

/// The longest known codes have five letters; a limit keeps a stranger's text out of messages and of keys.
const MAX_CODE_LENGTH: usize = 16;

struct Converter;

impl Guest for Converter {
    fn convert(amount: f64, from: String, to: String) -> Result<ConversionResult, String> {
        check_amount(amount)?;
        check_code(&from)?;
        check_code(&to)?;
        let converted = amount * rate(&from, &to)?;
        if !converted.is_finite() {
            return Err("the converted amount is too large".into());
        }
        Ok(ConversionResult {
            amount: converted,
            currency: to,
            timestamp: wall_clock::now().seconds,
        })
    }
}

fn check_amount(amount: f64) -> Result<(), String> {
    if !amount.is_finite() {
        return Err("the amount must be a finite number".into());
    }
    if amount < 0.0 {
        return Err("the amount must not be negative".into());
    }
    Ok(())
}

/// Letters and digits only: an underscore in a code would make the key of a pair ambiguous.
fn check_code(code: &str) -> Result<(), String> {
    let plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if code.is_empty() || code.len() > MAX_CODE_LENGTH || !plain {
        return Err(format!(
            "a currency is 1 to {MAX_CODE_LENGTH} letters and digits"
        ));
    }
    Ok(())
}

fn rate(from: &str, to: &str) -> Result<f64, String> {
    let key = format!("{from}_{to}");
    let text = match store::get(&key) {
        Ok(Some(text)) => text,
        Ok(None) => return Err(format!("there is no rate from {from} to {to}")),
        Err(store::Error::Upstream(reason) | store::Error::Io(reason)) => {
            return Err(format!("the rate {key} cannot be read: {reason}"));
        }
    };
    match text.trim().parse::<f64>() {
        Ok(rate) if rate.is_finite() && rate > 0.0 => Ok(rate),
        _ => Err(format!("the rate {key} is not a positive number")),
    }
}

export!(Converter);
