;; What compilers emit where a lowered function needs the memory of a module that imports it: a shim, and what fills its
;; table.
(component
  (import "tell" (func $tell (param "s" string) (result u32)))
  (core module $shim
    (type $t (func (param i32 i32) (result i32)))
    (table (export "$imports") 1 1 funcref)
    (func (export "0") (type $t)
      local.get 0
      local.get 1
      i32.const 0
      call_indirect (type $t)))
  (core module $main
    (import "host" "tell" (func $tell (param i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 8) "hello")
    (func (export "ask") (result i32) (call $tell (i32.const 8) (i32.const 5))))
  (core module $early
    (import "main" "ask" (func $ask (result i32)))
    (func $start (drop (call $ask)))
    (start $start))
  (core module $fixup
    (import "" "$imports" (table 1 1 funcref))
    (import "" "0" (func $f (param i32 i32) (result i32)))
    (elem (i32.const 0) func $f))
  (core instance $shim (instantiate $shim))
  (core instance $main (instantiate $main
    (with "host" (instance (export "tell" (func $shim "0"))))))
  (core func $tell' (canon lower (func $tell) (memory (core memory $main "memory"))))
  (core instance (instantiate $fixup
    (with "" (instance (export "$imports" (table $shim "$imports")) (export "0" (func $tell'))))))
  (func (export "ask") (result u32) (canon lift (core func $main "ask"))))
