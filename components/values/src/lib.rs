//! Answers every kind of value with itself, for tests of the canonical ABI against a real toolchain's binary.
//! It imports nothing.

use exports::test::values::echo::{self, Colour, Few, Many, Padded, Point, Shape};

wit_bindgen::generate!({
    path: "wit",
    world: "values",
});

struct Values;

macro_rules! echoes {
    ($($name:ident: $kind:ty,)*) => {
        $(fn $name(value: $kind) -> $kind {
            value
        })*
    };
}

impl echo::Guest for Values {
    echoes! {
        echo_bool: bool,
        echo_u8: u8,
        echo_s8: i8,
        echo_u16: u16,
        echo_s16: i16,
        echo_u32: u32,
        echo_s32: i32,
        echo_u64: u64,
        echo_s64: i64,
        echo_f32: f32,
        echo_f64: f64,
        echo_char: char,
        echo_string: String,
        echo_bytes: Vec<u8>,
        echo_u64s: Vec<u64>,
        echo_strings: Vec<String>,
        echo_lists: Vec<Vec<u16>>,
        echo_point: Point,
        echo_padded: Padded,
        echo_paddeds: Vec<Padded>,
        echo_tuple: (u8, (String, i64), (f32,)),
        echo_shape: Shape,
        echo_shapes: Vec<Shape>,
        echo_colour: Colour,
        echo_few: Few,
        echo_many: Many,
        echo_option: Option<String>,
        echo_options: Option<Option<u32>>,
        echo_result: Result<String, u32>,
        echo_result_ok: Result<u64, ()>,
        echo_result_error: Result<(), String>,
        echo_result_empty: Result<(), ()>,
    }

    fn sixteen(
        a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32,
        i: u32, j: u32, k: u32, l: u32, m: u32, n: u32, o: u32, p: u32,
    ) -> Vec<u32> {
        vec![a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
    }

    /// The values as text, with commas between them.
    fn seventeen(
        a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64,
        i: f32, j: f64, k: char, l: bool, m: String, n: u8, o: u64, p: u8, q: Colour,
    ) -> String {
        let colour = match q {
            Colour::Red => "red",
            Colour::Green => "green",
            Colour::Blue => "blue",
        };
        format!("{a},{b},{c},{d},{e},{f},{g},{h},{i},{j},{k},{l},{m},{n},{o},{p},{colour}")
    }

    fn nothing() {}
}

impl Guest for Values {
    fn join(a: String, b: String) -> String {
        a + &b
    }

    fn sum(values: Vec<u64>) -> u64 {
        values.into_iter().fold(0, u64::wrapping_add)
    }
}

export!(Values);
