//! Which request gets which answer.

use crate::cyber::finance::converter;
use crate::cyber::payments::processing;
use crate::payment::Payment;
use crate::{money, query};

/// Far more than a payment needs, far less than a guest's memory.
const MAX_BODY_BYTES: usize = 64 * 1024;

const BAD_REQUEST: u16 = 400;
const UNPROCESSABLE: u16 = 422;

const ROUTES: &str = r#"{"routes":["GET /convert?amount=100&from=USD&to=EUR","POST /payments {\"user\":\"ada\",\"amount\":25,\"from\":\"EUR\",\"to\":\"USD\"}"]}"#;

pub struct Request {
    pub method: String,
    /// The path and the query, as they came.
    pub target: String,
}

impl Request {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

pub struct Reply {
    pub status: u16,
    pub body: String,
    /// The methods that the path knows, when the request's was another.
    pub allow: Option<&'static str>,
}

impl Reply {
    fn ok(body: String) -> Reply {
        Reply { status: 200, body, allow: None }
    }

    fn error(status: u16, reason: &str) -> Reply {
        let body = format!("{{\"error\":{}}}", quoted(reason));
        Reply { status, body, allow: None }
    }
}

/// `read_body` reads at most so many bytes; it is called only where a body is wanted.
pub fn answer(
    request: &Request,
    read_body: impl FnOnce(usize) -> Result<Vec<u8>, String>,
) -> Reply {
    match (request.path(), request.method.as_str()) {
        ("/" | "", "GET") => Reply::ok(ROUTES.to_string()),
        ("/convert", "GET") => convert(request.query()).unwrap_or_else(|refused| refused),
        ("/payments", "POST") => pay(read_body(MAX_BODY_BYTES)).unwrap_or_else(|refused| refused),
        ("/" | "" | "/convert", _) => wrong_method("GET"),
        ("/payments", _) => wrong_method("POST"),
        _ => Reply::error(404, "there is nothing at this path"),
    }
}

fn wrong_method(allowed: &'static str) -> Reply {
    let mut reply = Reply::error(405, &format!("this path knows {allowed} only"));
    reply.allow = Some(allowed);
    reply
}

fn convert(query: &str) -> Result<Reply, Reply> {
    let [amount, from, to] = query::parameters(query, ["amount", "from", "to"])
        .map_err(|reason| Reply::error(BAD_REQUEST, &reason))?;
    let amount = money::parse(&amount)
        .ok_or_else(|| Reply::error(BAD_REQUEST, "the parameter 'amount' is not a number"))?;
    let result = converter::convert(amount, &from, &to)
        .map_err(|reason| Reply::error(UNPROCESSABLE, &reason))?;
    Ok(Reply::ok(format!(
        "{{\"amount\":{},\"currency\":{},\"timestamp\":{}}}",
        money::in_cents(result.amount),
        quoted(&result.currency),
        result.timestamp
    )))
}

fn pay(body: Result<Vec<u8>, String>) -> Result<Reply, Reply> {
    let payment = body
        .and_then(|bytes| Payment::parse(&bytes))
        .map_err(|reason| Reply::error(BAD_REQUEST, &reason))?;
    let receipt =
        processing::process_payment(&payment.user, payment.amount, &payment.from, &payment.to)
            .map_err(|reason| Reply::error(UNPROCESSABLE, &reason))?;
    Ok(Reply::ok(format!(
        "{{\"user\":{},\"paid\":{},\"currency\":{},\"id\":{}}}",
        quoted(&receipt.user),
        money::in_cents(receipt.paid),
        quoted(&receipt.currency),
        quoted(&receipt.id)
    )))
}

/// The text as a JSON string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
