;; Counts down by asking another component for the rest, and counts its own calls.
(component
  (import "next" (func $next (param "n" u32) (result u32)))
  (core func $next' (canon lower (func $next)))
  (core module $module
    (import "" "next" (func $next (param i32) (result i32)))
    (global $calls (mut i32) (i32.const 0))
    (func (export "down") (param i32) (result i32)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (if (result i32) (local.get 0)
        (then (i32.add (i32.const 1) (call $next (i32.sub (local.get 0) (i32.const 1)))))
        (else (i32.const 0))))
    (func (export "calls") (result i32) (global.get $calls))
    (func (export "fail") (param i32) (result i32) unreachable))
  (core instance $core (instantiate $module (with "" (instance (export "next" (func $next'))))))
  (func (export "down") (param "n" u32) (result u32) (canon lift (core func $core "down")))
  (func (export "calls") (result u32) (canon lift (core func $core "calls")))
  (func (export "fail") (param "n" u32) (result u32)
    (canon lift (core func $core "fail"))))
