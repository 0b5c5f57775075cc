;; Imports a component, makes two instances of it, and wires them with things that another component makes.
(component
  (import "maker" (component $Maker
    (import "thing" (type $thing (sub resource)))
    (import "value" (func (param "thing" (borrow $thing)) (result u32)))
    (export "run" (func (param "thing" (own $thing)) (result u32)))))
  (component $Things
    (type $Thing' (resource (rep i32)))
    (export $Thing "thing" (type $Thing'))
    (core module $M (func (export "same") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $M))
    (core func $new (canon resource.new $Thing'))
    (core module $Make
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0))))
    (core instance $make (instantiate $Make (with "" (instance (export "new" (func $new))))))
    (func (export "make") (param "n" u32) (result (own $Thing)) (canon lift (core func $make "make")))
    (func (export "value") (param "thing" (borrow $Thing)) (result u32) (canon lift (core func $m "same"))))
  (component $Caller
    (import "thing" (type $Thing (sub resource)))
    (import "make" (func $make (param "n" u32) (result (own $Thing))))
    (import "run" (func $run (param "thing" (own $Thing)) (result u32)))
    (core func $make (canon lower (func $make)))
    (core func $run (canon lower (func $run)))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "run" (func $run (param i32) (result i32)))
      (func (export "call") (param i32) (result i32) (call $run (call $make (local.get 0)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "make" (func $make)) (export "run" (func $run))))))
    (func (export "call") (param "n" u32) (result u32) (canon lift (core func $m "call"))))
  (instance $things (instantiate $Things))
  (alias export $things "thing" (type $Thing))
  (instance $one (instantiate $Maker (with "thing" (type $Thing)) (with "value" (func $things "value"))))
  (instance $other (instantiate $Maker (with "thing" (type $Thing)) (with "value" (func $things "value"))))
  (instance $call-one (instantiate $Caller
    (with "thing" (type $Thing)) (with "make" (func $things "make")) (with "run" (func $one "run"))))
  (instance $call-other (instantiate $Caller
    (with "thing" (type $Thing)) (with "make" (func $things "make")) (with "run" (func $other "run"))))
  (func (export "run-one") (alias export $call-one "call"))
  (func (export "run-other") (alias export $call-other "call")))
