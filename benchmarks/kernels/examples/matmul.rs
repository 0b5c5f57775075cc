//! Floats and loads: products of square matrices.
#![no_std]

use kernels::{Checksum, Random, Static};

const SIZE: usize = 120;
type Matrix = [[f64; SIZE]; SIZE];

static LEFT: Static<Matrix> = Static::new([[0.0; SIZE]; SIZE]);
static RIGHT: Static<Matrix> = Static::new([[0.0; SIZE]; SIZE]);
static PRODUCT: Static<Matrix> = Static::new([[0.0; SIZE]; SIZE]);

fn fill(matrix: &mut Matrix, random: &mut Random) {
    for cell in matrix.iter_mut().flatten() {
        *cell = random.below(1000) as f64 / 64.0;
    }
}

#[inline(never)]
fn multiply(left: &Matrix, right: &Matrix, product: &mut Matrix) {
    for row in 0..SIZE {
        for column in 0..SIZE {
            let mut sum = 0.0;
            for i in 0..SIZE {
                sum += left[row][i] * right[i][column];
            }
            product[row][column] = sum;
        }
    }
}

/// Multiplies so many times, each time by the last product's neighbour.
#[unsafe(no_mangle)]
pub extern "C" fn run(times: i32) -> i64 {
    let (left, right, product) = (LEFT.take(), RIGHT.take(), PRODUCT.take());
    let mut random = Random::new(7);
    fill(left, &mut random);
    fill(right, &mut random);
    let mut checksum = Checksum::new();
    for time in 0..times {
        left[0][0] = time as f64;
        multiply(left, right, product);
        checksum.word(product[time as usize % SIZE][0].to_bits());
    }
    checksum.value()
}
