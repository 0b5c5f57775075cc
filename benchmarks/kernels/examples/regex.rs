//! Recursion and bytes: finds matches of regular expressions in a log by backtracking.
#![no_std]

use core::hint::black_box;
use kernels::{Checksum, Random, Static};

const LOG_BYTES: usize = 40_000;

static LOG: Static<[u8; LOG_BYTES]> = Static::new([0; LOG_BYTES]);

/// `.` any but a line's end, `*` `+` `?` after one item, `\d` `\w`, `[a-z]`, `^` and `$` at the ends of lines.
static PATTERNS: [&str; 5] = [
    "\\d+\\.\\d+\\.\\d+\\.\\d+",
    "GET /[a-z]*/\\w+\\?id=\\d+",
    "[a-z]+@[a-z]+\\.[a-z]*c.m",
    "^\\w+ .*status=5\\d\\d.*ms$",
    "\\w*error\\w* .*=\\d*7",
];

/// The length of the item at the front of a pattern.
fn item_length(pattern: &[u8]) -> usize {
    match pattern[0] {
        b'\\' => 2,
        b'[' => {
            let mut length = 1;
            while pattern[length] != b']' {
                length += 1;
            }
            length + 1
        }
        _ => 1,
    }
}

fn in_class(class: &[u8], byte: u8) -> bool {
    let mut i = 0;
    while i < class.len() {
        if i + 2 < class.len() && class[i + 1] == b'-' {
            if class[i] <= byte && byte <= class[i + 2] {
                return true;
            }
            i += 3;
        } else {
            if class[i] == byte {
                return true;
            }
            i += 1;
        }
    }
    false
}

fn item_matches(item: &[u8], byte: u8) -> bool {
    match item[0] {
        b'.' => byte != b'\n',
        b'\\' => match item[1] {
            b'd' => byte.is_ascii_digit(),
            b'w' => byte.is_ascii_alphanumeric() || byte == b'_',
            literal => byte == literal,
        },
        b'[' => in_class(&item[1..item.len() - 1], byte),
        literal => byte == literal,
    }
}

/// Where a match of the whole pattern at `at` ends.
fn match_here(pattern: &[u8], text: &[u8], at: usize) -> Option<usize> {
    if pattern.is_empty() {
        return Some(at);
    }
    if pattern == b"$" {
        return if at == text.len() || text[at] == b'\n' { Some(at) } else { None };
    }
    let length = item_length(pattern);
    let (item, rest) = pattern.split_at(length);
    match rest.first() {
        Some(b'*') => match_many(item, &rest[1..], text, at, 0, usize::MAX),
        Some(b'+') => match_many(item, &rest[1..], text, at, 1, usize::MAX),
        Some(b'?') => match_many(item, &rest[1..], text, at, 0, 1),
        _ if at < text.len() && item_matches(item, text[at]) => match_here(rest, text, at + 1),
        _ => None,
    }
}

/// As many as there are, then fewer.
fn match_many(item: &[u8], rest: &[u8], text: &[u8], at: usize, least: usize, most: usize) -> Option<usize> {
    let mut count = 0;
    while count < most && at + count < text.len() && item_matches(item, text[at + count]) {
        count += 1;
    }
    loop {
        if count < least {
            return None;
        }
        if let Some(end) = match_here(rest, text, at + count) {
            return Some(end);
        }
        if count == 0 {
            return None;
        }
        count -= 1;
    }
}

#[inline(never)]
fn count_matches(pattern: &[u8], text: &[u8], checksum: &mut Checksum) -> u32 {
    let anchored = pattern[0] == b'^';
    let pattern = if anchored { &pattern[1..] } else { pattern };
    let mut at = 0;
    let mut count = 0;
    while at < text.len() {
        let allowed = !anchored || at == 0 || text[at - 1] == b'\n';
        match if allowed { match_here(pattern, text, at) } else { None } {
            Some(end) => {
                count += 1;
                checksum.word(((at as u64) << 32) | end as u64);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    count
}

struct Line<'a> {
    text: &'a mut [u8],
    at: usize,
}

impl Line<'_> {
    fn put(&mut self, text: &[u8]) {
        for &byte in text {
            if self.at < self.text.len() {
                self.text[self.at] = byte;
                self.at += 1;
            }
        }
    }

    fn word(&mut self, random: &mut Random, first: u8, count: u32, length: u32) {
        for _ in 0..1 + random.below(length) {
            self.put(&[first + random.below(count) as u8]);
        }
    }
}

fn write_log(text: &mut [u8]) {
    let mut random = Random::new(3);
    let mut line = Line { text, at: 0 };
    while line.at < LOG_BYTES {
        line.word(&mut random, b'a', 26, 8);
        line.put(b" from 10.");
        line.word(&mut random, b'0', 10, 3);
        line.put(b".0.");
        line.word(&mut random, b'0', 10, 3);
        line.put(b" GET /");
        line.word(&mut random, b'a', 26, 6);
        line.put(if random.below(4) == 0 { b"/some_error " } else { b"/things?id=" });
        line.word(&mut random, b'0', 10, 5);
        line.put(b" by ");
        line.word(&mut random, b'a', 26, 7);
        line.put(b"@example.com status=");
        line.put(&[b'2' + random.below(4) as u8, b'0', b'0' + random.below(10) as u8]);
        line.put(b" after ");
        line.word(&mut random, b'0', 10, 4);
        line.put(b"ms\n");
    }
}

/// Searches the log with all patterns so many times.
#[unsafe(no_mangle)]
pub extern "C" fn run(times: i32) -> i64 {
    let log = LOG.take();
    write_log(log);
    let mut checksum = Checksum::new();
    for _ in 0..times {
        for pattern in PATTERNS {
            let count = count_matches(black_box(pattern).as_bytes(), log, &mut checksum);
            checksum.word(count as u64);
        }
    }
    checksum.value()
}
