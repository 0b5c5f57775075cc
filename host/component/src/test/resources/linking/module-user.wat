;; Imports a core module, instantiates it twice, and exports it: by itself, and in a component that uses it.
(component
  (import "counter" (core module $Counter
    (import "env" "seed" (global i32))
    (import "env" "unused" (func))
    (export "next" (func (result i32)))))
  (core module $Seed
    (global (export "seed") i32 (i32.const 41))
    (func (export "unused")))
  (core instance $seed (instantiate $Seed))
  (core instance $one (instantiate $Counter (with "env" (instance $seed))))
  (core instance $other (instantiate $Counter (with "env" (instance $seed))))
  (func (export "next-of-one") (result u32) (canon lift (core func $one "next")))
  (func (export "next-of-other") (result u32) (canon lift (core func $other "next")))
  (component $Captured
    (core module $Seed
      (global (export "seed") i32 (i32.const 100))
      (func (export "unused")))
    (core instance $seed (instantiate $Seed))
    (core instance $counter (instantiate $Counter (with "env" (instance $seed))))
    (func (export "next") (result u32) (canon lift (core func $counter "next"))))
  (export "captured" (component $Captured))
  (export "counter" (core module $Counter)))
