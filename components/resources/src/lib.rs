//! Makes, lends and gives away resources, its own and its host's, for tests of handles against a real toolchain's
//! binary.

use exports::test::resources::{calls, counters};
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};
use test::resources::host::{self, Journal};

wit_bindgen::generate!({
    path: "wit",
    world: "resources",
});

static LIVE_COUNTERS: AtomicU32 = AtomicU32::new(0);

struct Resources;

struct Counter {
    value: Cell<u32>,
}

impl Counter {
    fn starting_at(start: u32) -> Counter {
        LIVE_COUNTERS.fetch_add(1, Ordering::Relaxed);
        Counter { value: Cell::new(start) }
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        LIVE_COUNTERS.fetch_sub(1, Ordering::Relaxed);
    }
}

impl counters::GuestCounter for Counter {
    fn new(start: u32) -> Counter {
        Counter::starting_at(start)
    }

    fn increment(&self, by: u32) -> u32 {
        self.value.set(self.value.get().wrapping_add(by));
        self.value.get()
    }

    fn value(&self) -> u32 {
        self.value.get()
    }

    fn merge(a: counters::CounterBorrow<'_>, b: counters::Counter) -> counters::Counter {
        let sum = a.get::<Counter>().value.get().wrapping_add(b.get::<Counter>().value.get());
        counters::Counter::new(Counter::starting_at(sum))
    }

    fn live() -> u32 {
        LIVE_COUNTERS.load(Ordering::Relaxed)
    }
}

impl counters::Guest for Resources {
    type Counter = Counter;

    fn consume(counter: counters::Counter) -> u32 {
        counter.into_inner::<Counter>().value.get()
    }

    fn peek(counter: counters::CounterBorrow<'_>) -> u32 {
        counter.get::<Counter>().value.get()
    }

    fn pass(counter: counters::Counter) -> counters::Counter {
        counter
    }

    fn pass_all(counters: Vec<counters::Counter>) -> Vec<counters::Counter> {
        counters
    }

    fn make(start: u32) -> Result<counters::Counter, String> {
        match start {
            0 => Err("a counter does not start at zero".into()),
            _ => Ok(counters::Counter::new(Counter::starting_at(start))),
        }
    }
}

impl calls::Guest for Resources {
    fn notify(text: String) -> Result<u32, String> {
        host::notify(&text)
    }

    fn keep_journal(name: String, lines: Vec<String>) -> Vec<String> {
        let journal = Journal::new(&name);
        for line in &lines {
            journal.append(line);
        }
        let length = host::length(&journal).to_string();
        let mut kept = host::close(journal);
        kept.insert(0, length);
        kept
    }

    fn open_journal(name: String, line: String) -> Journal {
        let journal = Journal::new(&name);
        journal.append(&line);
        journal
    }

    fn write_journal(journal: &Journal, line: String) -> u32 {
        journal.append(&line)
    }

    fn open_journals() -> u32 {
        Journal::open_journals()
    }
}

export!(Resources);
