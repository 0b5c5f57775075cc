//! The test world in Rust: passes every kind of value on to its host, and wraps the host's resource in one of its own.

use exports::wattle::test::{counters, faults, values};
use wattle::test::types::{Bits, Colour, Months, Padded, Person, Point, Rights, Shape, Widest};
use wattle::test::{counters as host_counters, refusal, values as host};

wit_bindgen::generate!({
    path: "../wit/wattle-test.wit",
    world: "everything",
});

struct Everything;

/// Functions that pass their arguments on: as they are, or a reference to each.
macro_rules! passes {
    (values: $($name:ident: $kind:ty,)*) => {
        $(fn $name(value: $kind) -> $kind {
            host::$name(value)
        })*
    };
    (references: $($name:ident: $kind:ty,)*) => {
        $(fn $name(value: $kind) -> $kind {
            host::$name(&value)
        })*
    };
}

impl values::Guest for Everything {
    passes! { values:
        pass_bool: bool,
        pass_u8: u8,
        pass_s8: i8,
        pass_u16: u16,
        pass_s16: i16,
        pass_u32: u32,
        pass_s32: i32,
        pass_u64: u64,
        pass_s64: i64,
        pass_f32: f32,
        pass_f64: f64,
        pass_char: char,
        pass_point: Point,
        pass_padded: Padded,
        pass_colour: Colour,
        pass_rights: Rights,
        pass_months: Months,
        pass_bits: Bits,
        pass_option: Option<u32>,
        pass_option_option: Option<Option<u32>>,
        pass_result_ok: Result<u64, ()>,
        pass_result_empty: Result<(), ()>,
    }

    passes! { references:
        pass_string: String,
        pass_list_bool: Vec<bool>,
        pass_list_u8: Vec<u8>,
        pass_list_s8: Vec<i8>,
        pass_list_u16: Vec<u16>,
        pass_list_s16: Vec<i16>,
        pass_list_u32: Vec<u32>,
        pass_list_s32: Vec<i32>,
        pass_list_u64: Vec<u64>,
        pass_list_s64: Vec<i64>,
        pass_list_f32: Vec<f32>,
        pass_list_f64: Vec<f64>,
        pass_list_char: Vec<char>,
        pass_list_string: Vec<String>,
        pass_list_list: Vec<Vec<String>>,
        pass_list_record: Vec<Padded>,
        pass_list_variant: Vec<Shape>,
        pass_list_flags: Vec<Months>,
        pass_list_option: Vec<Option<u16>>,
        pass_list_person: Vec<Person>,
        pass_person: Person,
        pass_widest: Widest,
        pass_shape: Shape,
    }

    fn pass_tuple(value: (u8, (String, i64), (f32,))) -> (u8, (String, i64), (f32,)) {
        host::pass_tuple((value.0, (&value.1.0, value.1.1), value.2))
    }

    fn pass_option_string(value: Option<String>) -> Option<String> {
        host::pass_option_string(value.as_deref())
    }

    fn pass_option_record(value: Option<Person>) -> Option<Person> {
        host::pass_option_record(value.as_ref())
    }

    fn pass_result(value: Result<String, u32>) -> Result<String, u32> {
        host::pass_result(value.as_deref().map_err(|error| *error))
    }

    fn pass_result_error(value: Result<(), String>) -> Result<(), String> {
        host::pass_result_error(value.as_ref().map(|_| ()).map_err(String::as_str))
    }

    fn pass_result_record(value: Result<Padded, Shape>) -> Result<Padded, Shape> {
        host::pass_result_record(value.as_ref())
    }

    fn pass_result_nested(value: Result<Option<Vec<String>>, (u8, Colour)>) -> Result<Option<Vec<String>>, (u8, Colour)> {
        host::pass_result_nested(value.as_ref().map(Option::as_deref).map_err(|(number, colour)| (*number, colour)))
    }

    fn pass_sixteen(
        a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64,
        i: f32, j: f64, k: char, l: bool, m: String, n: Rights, o: Colour,
    ) -> (u32, String) {
        host::pass_sixteen(a, b, c, d, e, f, g, h, i, j, k, l, &m, n, o)
    }

    fn pass_many(
        a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64,
        i: f32, j: f64, k: char, l: bool, m: String, n: Option<u64>, o: Shape, p: Vec<Person>, q: Bits,
    ) -> Widest {
        host::pass_many(a, b, c, d, e, f, g, h, i, j, k, l, &m, n, &o, &p, q)
    }

    fn pass_nothing() {
        host::pass_nothing();
    }

    fn take(value: String) {
        host::take(&value);
    }

    fn give() -> Person {
        host::give()
    }
}

/// A counter of the guest: one of the host.
struct Counter(host_counters::Counter);

fn wrap(counter: host_counters::Counter) -> counters::Counter {
    counters::Counter::new(Counter(counter))
}

fn unwrap(counter: counters::Counter) -> host_counters::Counter {
    counter.into_inner::<Counter>().0
}

impl counters::GuestCounter for Counter {
    fn new(start: u32) -> Counter {
        Counter(host_counters::Counter::new(start))
    }

    fn increment(&self, by: u32) -> u32 {
        self.0.increment(by)
    }

    fn value(&self) -> u32 {
        self.0.value()
    }

    fn merge(a: counters::CounterBorrow<'_>, b: counters::Counter) -> counters::Counter {
        wrap(host_counters::Counter::merge(&a.get::<Counter>().0, unwrap(b)))
    }

    fn live() -> u32 {
        host_counters::Counter::live()
    }
}

impl counters::Guest for Everything {
    type Counter = Counter;

    fn consume(counter: counters::Counter) -> u32 {
        host_counters::consume(unwrap(counter))
    }

    fn peek(counter: counters::CounterBorrow<'_>) -> u32 {
        host_counters::peek(&counter.get::<Counter>().0)
    }

    fn pass(counter: counters::Counter) -> counters::Counter {
        wrap(host_counters::pass(unwrap(counter)))
    }

    fn pass_all(counters: Vec<counters::Counter>) -> Vec<counters::Counter> {
        host_counters::pass_all(counters.into_iter().map(unwrap).collect())
            .into_iter()
            .map(wrap)
            .collect()
    }

    fn pass_some(counter: Option<counters::Counter>) -> Option<counters::Counter> {
        host_counters::pass_some(counter.map(unwrap)).map(wrap)
    }

    fn total(counters: Vec<counters::CounterBorrow<'_>>) -> u64 {
        let inner: Vec<_> = counters.iter().map(|counter| &counter.get::<Counter>().0).collect();
        host_counters::total(&inner)
    }

    fn make(start: u32) -> Result<counters::Counter, String> {
        host_counters::make(start).map(wrap)
    }
}

impl faults::Guest for Everything {
    fn trap() {
        panic!("as it was told");
    }

    fn divide(dividend: i32, divisor: i32) -> i32 {
        dividend / divisor
    }

    fn ask_in_vain() {
        refusal::refuse();
    }
}

impl Guest for Everything {
    fn answer(question: String) -> String {
        ask(&question)
    }
}

export!(Everything);
