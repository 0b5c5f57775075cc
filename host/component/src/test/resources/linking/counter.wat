;; A core module: counts on from what it is given.
(module
  (import "env" "seed" (global $seed i32))
  (global $count (mut i32) (i32.const 0))
  (func (export "next") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i32.add (global.get $seed) (global.get $count)))
  (memory (export "memory") 1))
