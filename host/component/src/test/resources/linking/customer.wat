;; Imports an instance with an instance inside, and handles its resource.
(component
  (import "shop" (instance $shop
    (export "till" (instance
      (export "coin" (type $coin (sub resource)))
      (export "mint" (func (param "worth" u32) (result (own $coin))))
      (export "worth" (func (param "coin" (borrow $coin)) (result u32)))))))
  (alias export $shop "till" (instance $till))
  (alias export $till "coin" (type $Coin))
  (core func $mint (canon lower (func $till "mint")))
  (core func $worth (canon lower (func $till "worth")))
  (core func $drop (canon resource.drop $Coin))
  (core module $M
    (import "" "mint" (func $mint (param i32) (result i32)))
    (import "" "worth" (func $worth (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "spend") (param i32) (result i32)
      (local $coin i32)
      (local.set $coin (call $mint (local.get 0)))
      (call $worth (local.get $coin))
      (call $drop (local.get $coin))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mint" (func $mint)) (export "worth" (func $worth)) (export "drop" (func $drop))))))
  (func (export "spend") (param "worth" u32) (result u32) (canon lift (core func $m "spend"))))
