//! The body of `POST /payments`.

use serde::Deserialize;

/// Members with other names are ignored; each of these must be there, once.
#[derive(Debug, Deserialize, PartialEq)]
pub struct Payment {
    pub user: String,
    pub amount: f64,
    pub from: String,
    pub to: String,
}

impl Payment {
    pub fn parse(bytes: &[u8]) -> Result<Payment, String> {
        // Serde would read an array too, by position.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err("the body must be a JSON object".into());
        }
        serde_json::from_slice(bytes).map_err(|error| format!("the body is no payment: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Payment;

    fn refusal(text: &str) -> String {
        Payment::parse(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_payment_is_an_object_of_four_members() {
        let text = br#" {"user":"ada","amount":25,"from":"EUR","to":"USD","note":null}"#;
        let payment = Payment::parse(text).unwrap();
        assert_eq!(("ada", 25.0), (payment.user.as_str(), payment.amount));
        assert_eq!(("EUR", "USD"), (payment.from.as_str(), payment.to.as_str()));
    }

    #[test]
    fn what_is_no_payment_is_refused_with_the_reason() {
        assert!(refusal("").contains("JSON object"));
        assert!(refusal(r#"["ada",25,"EUR","USD"]"#).contains("JSON object"));
        assert!(refusal(r#"{"user":"ada""#).contains("EOF"));
        assert!(refusal(r#"{"user":"ada","amount":25,"from":"EUR"}"#).contains("`to`"));
        assert!(refusal(r#"{"user":"ada","user":"bob"}"#).contains("duplicate"));
        assert!(refusal(r#"{"user":"ada","amount":"25"}"#).contains("invalid type"));
        assert!(refusal(r#"{"user":"ada","amount":1e999}"#).contains("out of range"));
        assert!(refusal(r#"{"user":"ada","amount":NaN}"#).contains("expected value"));
        assert!(
            refusal(r#"{"user":"a","amount":1,"from":"EUR","to":"USD"} x"#).contains("trailing")
        );
    }
}
