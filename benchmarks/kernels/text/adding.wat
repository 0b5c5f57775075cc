;; The loop of calls.wat's caller as a core module alone.
(module
  (import "host" "add" (func $add (param i32 i32) (result i32)))
  (func (export "run-add") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (call $add (local.get $sum) (i32.const 3)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
