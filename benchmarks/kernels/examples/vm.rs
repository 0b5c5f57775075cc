//! A loop around a switch: an interpreter of bytecode with a stack, as the runtimes of languages have one.
#![no_std]

use kernels::{Checksum, Static};

const HALT: u8 = 0;
const PUSH: u8 = 1;
const LOAD: u8 = 2;
const STORE: u8 = 3;
const ADD: u8 = 4;
const MULTIPLY: u8 = 5;
const SUBTRACT: u8 = 6;
const REMAINDER: u8 = 7;
const AND: u8 = 8;
const XOR: u8 = 9;
const SHIFT_RIGHT: u8 = 10;
const LESS: u8 = 11;
const EQUAL: u8 = 12;
const NOT: u8 = 13;
const DUPLICATE: u8 = 14;
const SWAP: u8 = 15;
const DROP: u8 = 16;
const JUMP: u8 = 17;
const JUMP_IF: u8 = 18;
const CALL: u8 = 19;
const RETURN: u8 = 20;
const INCREMENT: u8 = 21;
const PEEK: u8 = 22;
const POKE: u8 = 23;
const NOTHING: u8 = 24;

const LIMIT: u8 = 0;
const NUMBER: u8 = 1;
const LENGTH: u8 = 2;
const SUM: u8 = 3;

const NEXT: u8 = 4;
const END: u8 = 44;
const COLLATZ: u8 = 47;
const AGAIN: u8 = 51;
const EVEN: u8 = 73;
const COUNT: u8 = 77;
const ONE: u8 = 81;

/// For each number below the limit, the length of its Collatz sequence: into a table of 64 words, and a sum of all.
#[rustfmt::skip]
static PROGRAM: [u8; 85] = [
    /*  0 */ PUSH, 1, STORE, NUMBER,
    /*  4 NEXT */ LOAD, NUMBER, LOAD, LIMIT, LESS, NOT, JUMP_IF, END,
    /* 12 */ LOAD, NUMBER, CALL, COLLATZ,
    /* 16 */ LOAD, LENGTH, LOAD, NUMBER, PUSH, 63, REMAINDER, DUPLICATE, PEEK,
    /* 25 */ LOAD, LENGTH, XOR, SWAP, POKE,
    /* 30 */ LOAD, SUM, PUSH, 31, MULTIPLY, ADD, STORE, SUM,
    /* 38 */ INCREMENT, NUMBER, JUMP, NEXT, HALT, HALT,
    /* 44 END */ LOAD, SUM, HALT,
    /* 47 COLLATZ: takes a number, leaves its length in a variable */ PUSH, 0, STORE, LENGTH,
    /* 51 AGAIN */ DUPLICATE, PUSH, 1, EQUAL, JUMP_IF, ONE,
    /* 57 */ DUPLICATE, PUSH, 1, AND, NOT, JUMP_IF, EVEN,
    /* 64 */ PUSH, 3, MULTIPLY, PUSH, 1, ADD, JUMP, COUNT, HALT,
    /* 73 EVEN */ PUSH, 1, SHIFT_RIGHT, NOTHING,
    /* 77 COUNT */ INCREMENT, LENGTH, JUMP, AGAIN,
    /* 81 ONE */ DROP, RETURN, HALT, HALT,
];

/// The stack and the table are so large that a masked index is always inside.
struct Machine {
    stack: [i32; 256],
    calls: [u32; 64],
    variables: [i32; 16],
    table: [i32; 64],
}

static MACHINE: Static<Machine> =
    Static::new(Machine { stack: [0; 256], calls: [0; 64], variables: [0; 16], table: [0; 64] });

impl Machine {
    fn at(&mut self, top: usize) -> &mut i32 {
        &mut self.stack[top & 255]
    }

    /// Takes two, leaves one.
    fn binary(&mut self, top: &mut usize, operation: impl Fn(i32, i32) -> i32) {
        let right = *self.at(*top);
        *top -= 1;
        let left = self.at(*top);
        *left = operation(*left, right);
    }
}

#[inline(never)]
fn interpret(machine: &mut Machine, program: &[u8]) -> i32 {
    let mut at = 0;
    let mut top = 0;
    let mut depth = 0;
    loop {
        let operation = program[at];
        let operand = program[at + 1];
        at += 1;
        match operation {
            HALT => return *machine.at(top),
            PUSH => {
                top += 1;
                *machine.at(top) = operand as i32;
                at += 1;
            }
            LOAD => {
                top += 1;
                *machine.at(top) = machine.variables[operand as usize & 15];
                at += 1;
            }
            STORE => {
                machine.variables[operand as usize & 15] = *machine.at(top);
                top -= 1;
                at += 1;
            }
            ADD => machine.binary(&mut top, i32::wrapping_add),
            MULTIPLY => machine.binary(&mut top, i32::wrapping_mul),
            SUBTRACT => machine.binary(&mut top, i32::wrapping_sub),
            REMAINDER => machine.binary(&mut top, |left, right| left.checked_rem(right).unwrap_or(0)),
            AND => machine.binary(&mut top, |left, right| left & right),
            XOR => machine.binary(&mut top, |left, right| left ^ right),
            SHIFT_RIGHT => machine.binary(&mut top, |left, right| (left as u32 >> (right & 31)) as i32),
            LESS => machine.binary(&mut top, |left, right| (left < right) as i32),
            EQUAL => machine.binary(&mut top, |left, right| (left == right) as i32),
            NOT => {
                let place = machine.at(top);
                *place = (*place == 0) as i32;
            }
            DUPLICATE => {
                let value = *machine.at(top);
                top += 1;
                *machine.at(top) = value;
            }
            SWAP => machine.stack.swap(top & 255, (top - 1) & 255),
            DROP => top -= 1,
            JUMP => at = operand as usize,
            JUMP_IF => {
                at += 1;
                if *machine.at(top) != 0 {
                    at = operand as usize;
                }
                top -= 1;
            }
            CALL => {
                machine.calls[depth & 63] = at as u32 + 1;
                depth += 1;
                at = operand as usize;
            }
            RETURN => {
                depth -= 1;
                at = machine.calls[depth & 63] as usize;
            }
            INCREMENT => {
                let variable = &mut machine.variables[operand as usize & 15];
                *variable = variable.wrapping_add(1);
                at += 1;
            }
            PEEK => {
                let index = *machine.at(top) as usize;
                *machine.at(top) = machine.table[index & 63];
            }
            POKE => {
                let index = *machine.at(top) as usize;
                machine.table[index & 63] = *machine.at(top - 1);
                top -= 2;
            }
            NOTHING.. => {}
        }
    }
}

/// Interprets the program for the numbers below a limit.
#[unsafe(no_mangle)]
pub extern "C" fn run(limit: i32) -> i64 {
    let machine = MACHINE.take();
    machine.table.fill(0);
    machine.variables.fill(0);
    machine.variables[LIMIT as usize] = limit;
    let mut checksum = Checksum::new();
    checksum.word(interpret(machine, &PROGRAM) as u64);
    for &word in &machine.table {
        checksum.word(word as u64);
    }
    checksum.value()
}
