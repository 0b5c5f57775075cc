//! Text in both directions: parses a JSON document into nodes, changes it, and writes it again.
#![no_std]

use kernels::{Checksum, Random, Static};

const TEXT_BYTES: usize = 160_000;
const NODES: usize = 20_000;
const ORDERS: u32 = 600;
const MAX_DEPTH: u32 = 32;

#[derive(Clone, Copy)]
enum Kind {
    Null,
    True,
    False,
    /// A number, in thousandths.
    Number(i64),
    /// Where its characters are in the text, escapes included.
    Text(u32, u32),
    Array,
    Object,
}

#[derive(Clone, Copy)]
struct Node {
    kind: Kind,
    key: (u32, u32),
    first: u32,
    next: u32,
}

/// The root is nobody's child.
const NONE: u32 = 0;
const EMPTY: Node = Node { kind: Kind::Null, key: (0, 0), first: NONE, next: NONE };

static TEXT: Static<[u8; TEXT_BYTES]> = Static::new([0; TEXT_BYTES]);
static WRITTEN: Static<[u8; TEXT_BYTES]> = Static::new([0; TEXT_BYTES]);
static TREE: Static<[Node; NODES]> = Static::new([EMPTY; NODES]);

struct Writer<'a> {
    bytes: &'a mut [u8],
    at: usize,
}

impl Writer<'_> {
    fn byte(&mut self, byte: u8) {
        self.bytes[self.at] = byte;
        self.at += 1;
    }

    fn text(&mut self, text: &[u8]) {
        self.bytes[self.at..self.at + text.len()].copy_from_slice(text);
        self.at += text.len();
    }

    fn number(&mut self, thousandths: i64) {
        if thousandths < 0 {
            self.byte(b'-');
        }
        let size = thousandths.unsigned_abs();
        let mut digits = [0; 20];
        let mut count = 0;
        let mut whole = size / 1000;
        while whole > 0 || count == 0 {
            digits[count] = b'0' + (whole % 10) as u8;
            whole /= 10;
            count += 1;
        }
        while count > 0 {
            count -= 1;
            self.byte(digits[count]);
        }
        let part = size % 1000;
        if part > 0 {
            self.byte(b'.');
            self.byte(b'0' + (part / 100) as u8);
            self.byte(b'0' + (part / 10 % 10) as u8);
            self.byte(b'0' + (part % 10) as u8);
        }
    }
}

/// Orders with nested lines, text with escapes, numbers, and all three literals.
fn compose(bytes: &mut [u8], seed: u32) -> usize {
    let mut random = Random::new(seed);
    let mut out = Writer { bytes, at: 0 };
    out.text(b"{ \"version\": 1, \"orders\": [");
    for order in 0..ORDERS {
        if order > 0 {
            out.text(b",\n  ");
        }
        out.text(b"{\"id\": ");
        out.number(order as i64 * 1000);
        out.text(b", \"customer\": \"Zo\\u00eb \\\"the ");
        for _ in 0..4 + random.below(12) {
            out.byte(b'a' + random.below(26) as u8);
        }
        out.text(b"\\\"\", \"paid\": ");
        out.text(match random.below(3) {
            0 => b"true",
            1 => b"false",
            _ => b"null",
        });
        out.text(b", \"lines\": [");
        for line in 0..1 + random.below(4) {
            if line > 0 {
                out.byte(b',');
            }
            out.text(b"{\"sku\":\"S-");
            out.number(random.below(9999) as i64 * 1000);
            out.text(b"\",\"price\":");
            out.number(random.below(1_000_000) as i64 - 200_000);
            out.byte(b'}');
        }
        out.text(b"]}");
    }
    out.text(b"] }");
    out.at
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    nodes: &'a mut [Node; NODES],
    count: usize,
}

impl Parser<'_> {
    fn peek(&self) -> u8 {
        if self.at < self.text.len() { self.text[self.at] } else { 0 }
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.space();
        if self.peek() != byte {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn literal(&mut self, word: &[u8], kind: Kind) -> Option<Kind> {
        if !self.text[self.at..].starts_with(word) {
            return None;
        }
        self.at += word.len();
        Some(kind)
    }

    fn string(&mut self) -> Option<(u32, u32)> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => self.at += 2,
                0..=31 => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some((start as u32, self.at as u32 - 1))
    }

    fn number(&mut self) -> Option<Kind> {
        let negative = self.peek() == b'-';
        if negative {
            self.at += 1;
        }
        let start = self.at;
        let mut value: i64 = 0;
        while self.peek().is_ascii_digit() {
            value = value.wrapping_mul(10).wrapping_add((self.peek() - b'0') as i64);
            self.at += 1;
        }
        if self.at == start {
            return None;
        }
        let mut scale = 1000;
        if self.peek() == b'.' {
            self.at += 1;
            while self.peek().is_ascii_digit() && scale > 1 {
                scale /= 10;
                value = value.wrapping_mul(10).wrapping_add((self.peek() - b'0') as i64);
                self.at += 1;
            }
        }
        value = value.wrapping_mul(scale);
        Some(Kind::Number(if negative { -value } else { value }))
    }

    /// The items up to the closing bracket, linked in order; returns the first.
    fn items(&mut self, close: u8, keyed: bool, depth: u32) -> Option<u32> {
        let mut first = NONE;
        let mut last = NONE;
        self.at += 1;
        self.space();
        if self.peek() == close {
            self.at += 1;
            return Some(first);
        }
        loop {
            let key = if keyed { self.string()? } else { (0, 0) };
            if keyed {
                self.take(b':')?;
            }
            let item = self.value(depth + 1)?;
            self.nodes[item as usize].key = key;
            if first == NONE {
                first = item;
            } else {
                self.nodes[last as usize].next = item;
            }
            last = item;
            self.space();
            if self.peek() == close {
                self.at += 1;
                return Some(first);
            }
            self.take(b',')?;
        }
    }

    fn value(&mut self, depth: u32) -> Option<u32> {
        if depth > MAX_DEPTH || self.count == NODES {
            return None;
        }
        let index = self.count;
        self.count += 1;
        self.space();
        let mut first = NONE;
        let kind = match self.peek() {
            b'{' => {
                first = self.items(b'}', true, depth)?;
                Kind::Object
            }
            b'[' => {
                first = self.items(b']', false, depth)?;
                Kind::Array
            }
            b'"' => {
                let (start, end) = self.string()?;
                Kind::Text(start, end)
            }
            b't' => self.literal(b"true", Kind::True)?,
            b'f' => self.literal(b"false", Kind::False)?,
            b'n' => self.literal(b"null", Kind::Null)?,
            _ => self.number()?,
        };
        self.nodes[index] = Node { kind, key: (0, 0), first, next: NONE };
        Some(index as u32)
    }
}

fn write_items(node: Node, nodes: &[Node; NODES], text: &[u8], keyed: bool, out: &mut Writer<'_>) {
    let mut item = node.first;
    while item != NONE {
        let child = nodes[item as usize];
        if keyed {
            out.byte(b'"');
            out.text(&text[child.key.0 as usize..child.key.1 as usize]);
            out.text(b"\":");
        }
        write(child, nodes, text, out);
        item = child.next;
        if item != NONE {
            out.byte(b',');
        }
    }
}

fn write(node: Node, nodes: &[Node; NODES], text: &[u8], out: &mut Writer<'_>) {
    match node.kind {
        Kind::Null => out.text(b"null"),
        Kind::True => out.text(b"true"),
        Kind::False => out.text(b"false"),
        Kind::Number(thousandths) => out.number(thousandths),
        Kind::Text(start, end) => {
            out.byte(b'"');
            out.text(&text[start as usize..end as usize]);
            out.byte(b'"');
        }
        Kind::Array => {
            out.byte(b'[');
            write_items(node, nodes, text, false, out);
            out.byte(b']');
        }
        Kind::Object => {
            out.byte(b'{');
            write_items(node, nodes, text, true, out);
            out.byte(b'}');
        }
    }
}

/// Raises every price by a tenth.
fn change(nodes: &mut [Node]) {
    for node in nodes {
        if let Kind::Number(thousandths) = node.kind {
            node.kind = Kind::Number(thousandths + thousandths / 10);
        }
    }
}

/// Parses, changes and writes so many documents. Negative when one was not understood.
#[unsafe(no_mangle)]
pub extern "C" fn run(times: i32) -> i64 {
    let (text, written, nodes) = (TEXT.take(), WRITTEN.take(), TREE.take());
    let mut checksum = Checksum::new();
    for time in 0..times {
        let length = compose(text, time as u32 % 4 + 1);
        let mut parser = Parser { text: &text[..length], at: 0, nodes, count: 0 };
        let Some(root) = parser.value(0) else { return -1 };
        let count = parser.count;
        change(&mut nodes[..count]);
        let mut out = Writer { bytes: written, at: 0 };
        write(nodes[root as usize], nodes, text, &mut out);
        let end = out.at;
        checksum.word(count as u64);
        checksum.bytes(&written[..end]);
    }
    checksum.value() & i64::MAX
}
