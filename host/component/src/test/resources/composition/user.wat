;; Uses coins that another component makes, and hands one on to a third.
(component
  (import "test:coins/coins@0.2.0" (instance $coins
    (export "coin" (type $coin (sub resource)))
    (export "[constructor]coin" (func (param "worth" u32) (result (own $coin))))
    (export "[method]coin.worth" (func (param "self" (borrow $coin)) (result u32)))
    (export "dropped" (func (result u32)))))
  (alias export $coins "coin" (type $coin))
  (import "test:coins/bank" (instance $bank
    (alias outer 1 $coin (type $coin'))
    (export "coin" (type $coin (eq $coin')))
    (export "pay-in" (func (param "coin" (own $coin)) (result u32)))))
  (core func $new (canon lower (func $coins "[constructor]coin")))
  (core func $worth (canon lower (func $coins "[method]coin.worth")))
  (core func $dropped (canon lower (func $coins "dropped")))
  (core func $pay-in (canon lower (func $bank "pay-in")))
  (core func $drop (canon resource.drop $coin))
  (core module $module
    (import "coins" "new" (func $new (param i32) (result i32)))
    (import "coins" "worth" (func $worth (param i32) (result i32)))
    (import "coins" "drop" (func $drop (param i32)))
    (import "coins" "dropped" (func $dropped (result i32)))
    (import "coins" "pay-in" (func $pay-in (param i32) (result i32)))
    (func (export "run") (param i32) (result i32)
      (local $coin i32)
      (local.set $coin (call $new (local.get 0)))
      (local.set 0 (call $worth (local.get $coin)))
      (call $drop (local.get $coin))
      ;; worth × 10 + how many were dropped
      (i32.add (i32.mul (local.get 0) (i32.const 10)) (call $dropped)))
    (func (export "save") (param i32) (result i32) (call $pay-in (call $new (local.get 0)))))
  (core instance $core (instantiate $module (with "coins" (instance
    (export "new" (func $new))
    (export "worth" (func $worth))
    (export "drop" (func $drop))
    (export "dropped" (func $dropped))
    (export "pay-in" (func $pay-in))))))
  (func (export "run") (param "worth" u32) (result u32) (canon lift (core func $core "run")))
  (func (export "save") (param "worth" u32) (result u32) (canon lift (core func $core "save"))))
