;; Takes coins for good, and tells what they are worth. It gets the coins' interface from whoever makes them.
(component
  (import "test:coins/coins@0.2.0" (instance $coins
    (export "coin" (type $coin (sub resource)))
    (export "[method]coin.worth" (func (param "self" (borrow $coin)) (result u32)))))
  (alias export $coins "coin" (type $coin))
  (core func $worth (canon lower (func $coins "[method]coin.worth")))
  (core func $drop (canon resource.drop $coin))
  (core module $module
    (import "" "worth" (func $worth (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "pay-in") (param i32) (result i32)
      (local $worth i32)
      (local.set $worth (call $worth (local.get 0)))
      (call $drop (local.get 0))
      (local.get $worth)))
  (core instance $core (instantiate $module (with "" (instance
    (export "worth" (func $worth))
    (export "drop" (func $drop))))))
  (component $inner
    (import "coin" (type $coin (sub resource)))
    (import "pay-in" (func $pay-in (param "coin" (own $coin)) (result u32)))
    (export $coin' "coin" (type $coin))
    (export "pay-in" (func $pay-in) (func (param "coin" (own $coin')) (result u32))))
  (func $pay-in (param "coin" (own $coin)) (result u32) (canon lift (core func $core "pay-in")))
  (instance $bank (instantiate $inner (with "coin" (type $coin)) (with "pay-in" (func $pay-in))))
  (export "test:coins/bank" (instance $bank)))
