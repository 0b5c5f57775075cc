//! Indirect calls and swaps: quicksort of records whose order is told by a function pointer, as C's `qsort` has it.
#![no_std]

use core::hint::black_box;
use kernels::{Checksum, Random, Static};

const COUNT: usize = 60_000;
/// Short runs are left to insertion.
const SHORT: usize = 12;

#[derive(Clone, Copy)]
struct Record {
    key: i32,
    value: u32,
}

type Compare = fn(&Record, &Record) -> i32;

static RECORDS: Static<[Record; COUNT]> = Static::new([Record { key: 0, value: 0 }; COUNT]);

fn ascending(left: &Record, right: &Record) -> i32 {
    (left.key > right.key) as i32 - (left.key < right.key) as i32
}

fn descending(left: &Record, right: &Record) -> i32 {
    ascending(right, left)
}

fn insertion(records: &mut [Record], compare: Compare) {
    for end in 1..records.len() {
        let record = records[end];
        let mut hole = end;
        while hole > 0 && compare(&record, &records[hole - 1]) < 0 {
            records[hole] = records[hole - 1];
            hole -= 1;
        }
        records[hole] = record;
    }
}

/// Hoare's partition around the middle record; returns where the right part starts.
fn partition(records: &mut [Record], compare: Compare) -> usize {
    let pivot = records[(records.len() - 1) / 2];
    let mut low = 0;
    let mut high = records.len() - 1;
    loop {
        while compare(&records[low], &pivot) < 0 {
            low += 1;
        }
        while compare(&records[high], &pivot) > 0 {
            high -= 1;
        }
        if low >= high {
            return high + 1;
        }
        records.swap(low, high);
        low += 1;
        high -= 1;
    }
}

fn sort(records: &mut [Record], compare: Compare) {
    if records.len() <= SHORT {
        insertion(records, compare);
        return;
    }
    let middle = partition(records, compare);
    let (left, right) = records.split_at_mut(middle);
    sort(left, compare);
    sort(right, compare);
}

/// Sorts new records so many times, up and down in turns.
#[unsafe(no_mangle)]
pub extern "C" fn run(times: i32) -> i64 {
    let records = RECORDS.take();
    let mut checksum = Checksum::new();
    for time in 0..times {
        let mut random = Random::new(time as u32 + 1);
        for (i, record) in records.iter_mut().enumerate() {
            *record = Record { key: random.next() as i32 >> 8, value: i as u32 };
        }
        let compare: Compare = if time % 2 == 0 { ascending } else { descending };
        sort(records, black_box(compare));
        for record in records.iter().step_by(997) {
            checksum.word(record.key as u64 ^ ((record.value as u64) << 32));
        }
    }
    checksum.value()
}
