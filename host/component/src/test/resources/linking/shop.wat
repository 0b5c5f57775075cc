;; Exports an instance in an instance, and a resource of its own, shown by a type that hides one export.
(component
  (core module $M
    (global $dropped (mut i32) (i32.const 0))
    (func (export "dtor") (param i32)
      (global.set $dropped (i32.add (global.get $dropped) (local.get 0))))
    (func (export "dropped") (result i32) (global.get $dropped))
    (func (export "same") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M))
  (component $Shop
    (import "m" (instance $i
      (export "coin" (type $coin (sub resource)))
      (export "mint" (func (param "worth" u32) (result (own $coin))))
      (export "worth" (func (param "coin" (borrow $coin)) (result u32)))
      (export "dropped" (func (result u32)))))
    (export "till" (instance $i) (instance
      (export "coin" (type $coin (sub resource)))
      (export "mint" (func (param "worth" u32) (result (own $coin))))
      (export "worth" (func (param "coin" (borrow $coin)) (result u32))))))
  (type $Coin (resource (rep i32) (dtor (core func $m "dtor"))))
  (core func $new (canon resource.new $Coin))
  (core module $Mint
    (import "" "new" (func $new (param i32) (result i32)))
    (func (export "mint") (param i32) (result i32) (call $new (local.get 0))))
  (core instance $mint (instantiate $Mint (with "" (instance (export "new" (func $new))))))
  (func $mint (param "worth" u32) (result (own $Coin)) (canon lift (core func $mint "mint")))
  (func $worth (param "coin" (borrow $Coin)) (result u32) (canon lift (core func $m "same")))
  (func $dropped (result u32) (canon lift (core func $m "dropped")))
  (instance $till
    (export "coin" (type $Coin))
    (export "mint" (func $mint))
    (export "worth" (func $worth))
    (export "dropped" (func $dropped)))
  (instance $shop (instantiate $Shop (with "m" (instance $till))))
  (export "shop" (instance $shop))
  (export "dropped" (func $dropped)))
