;; Adds up the values of the things that it is given.
(component
  (import "thing" (type $Thing (sub resource)))
  (import "value" (func $value (param "thing" (borrow $Thing)) (result u32)))
  (core func $value (canon lower (func $value)))
  (core func $drop (canon resource.drop $Thing))
  (core module $M
    (import "" "value" (func $value (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (global $sum (mut i32) (i32.const 0))
    (func (export "run") (param i32) (result i32)
      (global.set $sum (i32.add (global.get $sum) (call $value (local.get 0))))
      (call $drop (local.get 0))
      (global.get $sum)))
  (core instance $m (instantiate $M (with "" (instance
    (export "value" (func $value)) (export "drop" (func $drop))))))
  (func (export "run") (param "thing" (own $Thing)) (result u32) (canon lift (core func $m "run"))))
