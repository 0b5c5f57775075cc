//! Turns HTTP requests into calls of the converter and the processor.
//!
//! Start at [`routes::answer`]: it decides what a request gets. This file moves bytes between it and `wasi:http`.

mod money;
mod payment;
mod query;
mod routes;

use exports::wasi::http::incoming_handler::Guest;
use routes::{Reply, Request};
use wasi::http::types::{
    ErrorCode, Fields, IncomingRequest, Method, OutgoingBody, OutgoingResponse, ResponseOutparam,
};
use wasi::io::streams::{OutputStream, StreamError};
use wasi::logging::logging::{Level, log};

wit_bindgen::generate!({
    path: [
        "../wit/wasi-io.wit",
        "../wit/wasi-http.wit",
        "../wit/wasi-logging.wit",
        "../wit/cyber-finance.wit",
        "../wit/cyber-payments.wit",
        "wit",
    ],
    world: "wattle:gateway/gateway",
    generate_all,
});

/// The most that one `blocking-write-and-flush` takes: WASI's rule.
const WRITE_CHUNK_BYTES: usize = 4096;

struct Gateway;

impl Guest for Gateway {
    fn handle(incoming: IncomingRequest, out: ResponseOutparam) {
        let request = Request {
            method: method_name(incoming.method()),
            target: incoming.path_with_query().unwrap_or_default(),
        };
        let reply = routes::answer(&request, |limit| read_body(&incoming, limit));
        // The query stays out of the log: it holds what a person asked for.
        let path = request.path();
        let line = format!("{} {path} {}", request.method, reply.status);
        log(Level::Debug, "gateway", &line);
        send(reply, out);
    }
}

fn method_name(method: Method) -> String {
    match method {
        Method::Get => "GET".into(),
        Method::Head => "HEAD".into(),
        Method::Post => "POST".into(),
        Method::Put => "PUT".into(),
        Method::Delete => "DELETE".into(),
        Method::Connect => "CONNECT".into(),
        Method::Options => "OPTIONS".into(),
        Method::Trace => "TRACE".into(),
        Method::Patch => "PATCH".into(),
        Method::Other(name) => name,
    }
}

/// Reads the whole body, or says why not. Stops reading as soon as the body is longer than the limit.
fn read_body(request: &IncomingRequest, limit: usize) -> Result<Vec<u8>, String> {
    let unreadable = |()| "the body cannot be read".to_string();
    let body = request.consume().map_err(unreadable)?;
    let stream = body.stream().map_err(unreadable)?;
    let mut bytes = Vec::new();
    loop {
        // One byte more than fits tells a body that is too long from one that just fits.
        let room = (limit + 1 - bytes.len()) as u64;
        match stream.blocking_read(room) {
            Ok(chunk) => bytes.extend_from_slice(&chunk),
            Err(StreamError::Closed) => return Ok(bytes),
            Err(StreamError::LastOperationFailed(_)) => return Err(unreadable(())),
        }
        if bytes.len() > limit {
            return Err(format!("the body is longer than {limit} bytes"));
        }
    }
}

fn send(reply: Reply, out: ResponseOutparam) {
    match response(&reply) {
        Some((response, body)) => {
            ResponseOutparam::set(out, Ok(response));
            write(body, reply.body.as_bytes());
        }
        None => ResponseOutparam::set(out, Err(ErrorCode::InternalError(None))),
    }
}

fn response(reply: &Reply) -> Option<(OutgoingResponse, OutgoingBody)> {
    let mut headers = vec![
        ("content-type".to_string(), b"application/json".to_vec()),
        ("content-length".to_string(), reply.body.len().to_string().into_bytes()),
    ];
    if let Some(methods) = reply.allow {
        headers.push(("allow".to_string(), methods.as_bytes().to_vec()));
    }
    let response = OutgoingResponse::new(Fields::from_list(&headers).ok()?);
    response.set_status_code(reply.status).ok()?;
    let body = response.body().ok()?;
    Some((response, body))
}

/// A client that went away is no error of ours: the rest of its answer is dropped.
fn write(body: OutgoingBody, bytes: &[u8]) {
    let Ok(stream) = body.write() else { return };
    let written = write_all(&stream, bytes);
    // The stream is the body's child: it goes first.
    drop(stream);
    if written.is_ok() {
        let _ = OutgoingBody::finish(body, None);
    }
}

fn write_all(stream: &OutputStream, bytes: &[u8]) -> Result<(), StreamError> {
    bytes
        .chunks(WRITE_CHUNK_BYTES)
        .try_for_each(|chunk| stream.blocking_write_and_flush(chunk))
}

export!(Gateway);
