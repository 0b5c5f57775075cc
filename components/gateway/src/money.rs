//! Amounts of money as text.

/// Reads a number as JSON writes it: no infinity, no plus sign, nothing around it.
pub fn parse(text: &str) -> Option<f64> {
    if text.trim() != text {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// The finite amount with two decimals, rounded half to even.
///
/// What is rounded is the shortest decimal that reads back as the same number, which is the one that a person sees:
/// 0.545 is a tie and gives 0.54, though the nearest binary number lies a little above it.
pub fn in_cents(amount: f64) -> String {
    let text = format!("{}", amount.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (kept, rest) = fraction.split_at(fraction.len().min(2));
    let mut digits = format!("{whole}{kept:0<2}").into_bytes();
    if rounds_up(*digits.last().unwrap_or(&b'0'), rest.as_bytes()) {
        increment(&mut digits);
    }
    let cents = digits.split_off(digits.len() - 2);
    let negative = amount < 0.0 && digits.iter().chain(&cents).any(|digit| *digit != b'0');
    format!(
        "{}{}.{}",
        if negative { "-" } else { "" },
        String::from_utf8_lossy(&digits),
        String::from_utf8_lossy(&cents)
    )
}

/// Whether the digits after the last kept one make it grow. They never end in zeros.
fn rounds_up(last: u8, rest: &[u8]) -> bool {
    match rest {
        [b'5'] => last % 2 == 1,
        [first, ..] => *first >= b'5',
        [] => false,
    }
}

fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::{in_cents, parse};

    #[test]
    fn amounts_have_two_decimals() {
        assert_eq!("92.00", in_cents(92.0));
        assert_eq!("27.25", in_cents(27.25));
        assert_eq!("0.10", in_cents(0.1));
        assert_eq!("1000000000000000000000.00", in_cents(1e21));
        assert_eq!("0.00", in_cents(5e-324));
    }

    #[test]
    fn ties_go_to_the_even_cent() {
        assert_eq!("0.12", in_cents(0.125));
        assert_eq!("0.38", in_cents(0.375));
        assert_eq!("0.54", in_cents(0.5 * 1.09));
        assert_eq!("2.68", in_cents(2.675));
        assert_eq!("0.00", in_cents(0.005));
        assert_eq!("10.00", in_cents(9.995));
    }

    #[test]
    fn what_is_no_tie_goes_to_the_nearest_cent() {
        assert_eq!("0.13", in_cents(0.12500001));
        assert_eq!("0.01", in_cents(0.006));
        assert_eq!("0.00", in_cents(0.0049));
        assert_eq!("100.00", in_cents(99.999));
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!("0.00", in_cents(-0.0));
        assert_eq!("0.00", in_cents(-0.001));
        assert_eq!("-1.50", in_cents(-1.5));
    }

    #[test]
    fn only_plain_numbers_are_read() {
        assert_eq!(Some(100.0), parse("100"));
        assert_eq!(Some(-2.5), parse("-2.5"));
        assert_eq!(Some(1e3), parse("1e3"));
        for text in ["", "abc", "inf", "NaN", "+1", " 1", "1 ", "1,5", "0x10", "1e999", "1_0", ".5"] {
            assert_eq!(None, parse(text), "{text}");
        }
    }
}
