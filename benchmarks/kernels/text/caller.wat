;; Calls in every direction. Each loop feeds the last answer into the next call, so that none can be left out.
(module
  (type $step (func (param i32) (result i32)))
  (import "callee" "step" (func $imported (type $step)))
  (import "callee" "table" (table 8 funcref))
  (elem (i32.const 0) $step)

  (func $step (export "step") (type $step)
    (i32.add (i32.mul (local.get 0) (i32.const 1664525)) (i32.const 1013904223)))

  ;; To a function of this module.
  (func (export "inside") (param $times i32) (result i32)
    (local $value i32)
    (loop $again
      (local.set $value (call $step (local.get $value)))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $value))

  ;; To a function of the other module.
  (func (export "across") (param $times i32) (result i32)
    (local $value i32)
    (loop $again
      (local.set $value (call $imported (local.get $value)))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $value))

  ;; Through the table: entry 0 is of this instance, entry 1 of the other.
  (func (export "indirect") (param $times i32) (param $entry i32) (result i32)
    (local $value i32)
    (loop $again
      (local.set $value (call_indirect (type $step) (local.get $value) (local.get $entry)))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $value)))
