//! Reads the parameters of a query.

/// The values of the named parameters, in the order of the names. Each must be there once and not be empty;
/// parameters with other names are ignored.
pub fn parameters<const N: usize>(query: &str, names: [&str; N]) -> Result<[String; N], String> {
    let mut values: [Option<String>; N] = std::array::from_fn(|_| None);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(name)?;
        let Some(index) = names.iter().position(|known| *known == name) else {
            continue;
        };
        if values[index].replace(decode(value)?).is_some() {
            return Err(format!("the parameter '{name}' is there twice"));
        }
    }
    for (name, value) in names.iter().zip(&values) {
        match value {
            None => return Err(format!("the parameter '{name}' is missing")),
            Some(text) if text.is_empty() => {
                return Err(format!("the parameter '{name}' is empty"));
            }
            Some(_) => {}
        }
    }
    Ok(values.map(Option::unwrap_or_default))
}

/// Undoes percent-encoding, and the plus sign that forms write for a space.
fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let [high, low, after @ ..] = after else {
                    return Err(bad_encoding());
                };
                bytes.push(digit(*high)? << 4 | digit(*low)?);
                rest = after;
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).map_err(|_| bad_encoding())
}

fn digit(character: u8) -> Result<u8, String> {
    let digit = (character as char).to_digit(16).ok_or_else(bad_encoding)?;
    Ok(digit as u8)
}

fn bad_encoding() -> String {
    "the query is not percent-encoded UTF-8".into()
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn values_come_in_the_order_of_the_names() {
        let found = parameters("b=2&x=9&&a=1", ["a", "b"]);
        assert_eq!(Ok(["1".to_string(), "2".to_string()]), found);
    }

    #[test]
    fn values_and_names_are_decoded() {
        let found = parameters("%61=caf%C3%a9+%2B=", ["a"]);
        assert_eq!(Ok(["café +=".to_string()]), found);
    }

    #[test]
    fn missing_empty_and_repeated_parameters_are_refused() {
        assert!(parameters("b=1", ["a"]).unwrap_err().contains("missing"));
        assert!(parameters("a", ["a"]).unwrap_err().contains("empty"));
        assert!(parameters("a=", ["a"]).unwrap_err().contains("empty"));
        assert!(parameters("a=1&a=1", ["a"]).unwrap_err().contains("twice"));
    }

    #[test]
    fn bad_encodings_are_refused() {
        for query in ["a=%", "a=%4", "a=%zz", "a=%+1", "a=%ff", "%ff=1"] {
            assert!(parameters(query, ["a"]).unwrap_err().contains("UTF-8"), "{query}");
        }
    }
}
