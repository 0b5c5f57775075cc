;; Makes coins: an interface with a resource.
;; Translated, as the others here, with: wasm-tools parse maker.wat -o maker.wasm
(component
  (component $inner
    (core module $module
      (global $dropped (mut i32) (i32.const 0))
      (func (export "destroy") (param i32)
        (global.set $dropped (i32.add (global.get $dropped) (i32.const 1))))
      (func (export "dropped") (result i32) (global.get $dropped))
      (func (export "worth") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
    (core instance $core (instantiate $module))
    (type $coin' (resource (rep i32) (dtor (core func $core "destroy"))))
    (core func $new (canon resource.new $coin'))
    (core module $forge
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0))))
    (core instance $forging (instantiate $forge (with "" (instance (export "new" (func $new))))))
    (export $coin "coin" (type $coin'))
    (func (export "[constructor]coin") (param "worth" u32) (result (own $coin))
      (canon lift (core func $forging "make")))
    (func (export "[method]coin.worth") (param "self" (borrow $coin)) (result u32)
      (canon lift (core func $core "worth")))
    (func (export "dropped") (result u32) (canon lift (core func $core "dropped"))))
  (instance $one (instantiate $inner))
  (export "test:coins/coins@0.2.1" (instance $one)))
