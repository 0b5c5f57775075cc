;; Two components composed into a third: `maker` defines a resource, `user` imports it and is instantiated with it. A
;; second maker shows that each instance has a type of its own. `user` takes its core module from outside.
;; Translated with: wasm-tools parse vault.wat -o vault.wasm
(component $vault
  (core module $wallet-module
    (import "coins" "new" (func $new (param i32) (result i32)))
    (import "coins" "worth" (func $worth (param i32) (result i32)))
    (import "coins" "drop" (func $drop (param i32)))
    (import "coins" "dropped" (func $dropped (result i32)))
    (func (export "run") (param i32) (result i32)
      (local $coin i32)
      (local.set $coin (call $new (local.get 0)))
      (local.set 0 (call $worth (local.get $coin)))
      (call $drop (local.get $coin))
      ;; worth × 10 + how many were dropped
      (i32.add (i32.mul (local.get 0) (i32.const 10)) (call $dropped))))

  (component $maker
    (core module $module
      (global $dropped (mut i32) (i32.const 0))
      (func (export "destroy") (param i32)
        (global.set $dropped (i32.add (global.get $dropped) (i32.const 1))))
      (func (export "dropped") (result i32) (global.get $dropped))
      (func (export "worth") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
    (core instance $core (instantiate $module))
    (type $coin' (resource (rep i32) (dtor (core func $core "destroy"))))
    (core module $forge
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0))))
    (core func $new (canon resource.new $coin'))
    (core instance $forging (instantiate $forge (with "" (instance (export "new" (func $new))))))
    (export $coin "coin" (type $coin'))
    (func (export "[constructor]coin") (param "worth" u32) (result (own $coin))
      (canon lift (core func $forging "make")))
    (func (export "[method]coin.worth") (param "self" (borrow $coin)) (result u32)
      (canon lift (core func $core "worth")))
    (func (export "dropped") (result u32) (canon lift (core func $core "dropped"))))

  (component $user
    (import "coins" (instance $coins
      (export "coin" (type $coin (sub resource)))
      (export "[constructor]coin" (func (param "worth" u32) (result (own $coin))))
      (export "[method]coin.worth" (func (param "self" (borrow $coin)) (result u32)))
      (export "dropped" (func (result u32)))))
    (alias outer $vault $wallet-module (core module $module))
    (alias export $coins "coin" (type $coin))
    (core func $new (canon lower (func $coins "[constructor]coin")))
    (core func $worth (canon lower (func $coins "[method]coin.worth")))
    (core func $dropped (canon lower (func $coins "dropped")))
    (core func $drop (canon resource.drop $coin))
    (core instance $core (instantiate $module (with "coins" (instance
      (export "new" (func $new))
      (export "worth" (func $worth))
      (export "drop" (func $drop))
      (export "dropped" (func $dropped))))))
    (func (export "run") (param "worth" u32) (result u32) (canon lift (core func $core "run"))))

  (instance $one (instantiate $maker))
  (instance $other (instantiate $maker))
  (instance $user-of-one (instantiate $user (with "coins" (instance $one))))
  (instance $user-of-other (instantiate $user (with "coins" (instance $other))))
  (export "run-one" (func $user-of-one "run"))
  (export "run-other" (func $user-of-other "run"))
  (export "one" (instance $one)))
