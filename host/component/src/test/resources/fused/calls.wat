;; A component that calls another one, which it is composed with: numbers, a string each way, a megabyte.
(component
  (component $callee
    (core module $m
      (memory (export "memory") 40)
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      ;; Room for one argument, and always the same: it is not kept.
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 65536))
      ;; What it answers lies at 16: where the string is and how long, which is what it was given.
      (func (export "echo") (param i32 i32) (result i32)
        (i32.store (i32.const 16) (local.get 0))
        (i32.store (i32.const 20) (local.get 1))
        (i32.const 16))
      (func (export "take") (param i32 i32) (result i32)
        (i32.add (local.get 1) (i32.load8_u (i32.add (local.get 0) (i32.sub (local.get 1) (i32.const 1)))))))
    (core instance $i (instantiate $m))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $i "add")))
    (func (export "echo") (param "s" string) (result string)
      (canon lift (core func $i "echo") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (func (export "take") (param "bytes" (list u8)) (result u32)
      (canon lift (core func $i "take") (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
  (component $caller
    (import "add" (func $add (param "a" u32) (param "b" u32) (result u32)))
    (import "echo" (func $echo (param "s" string) (result string)))
    (import "take" (func $take (param "bytes" (list u8)) (result u32)))
    (core module $libc
      (memory (export "memory") 40)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 65536)))
    (core instance $libc (instantiate $libc))
    (core func $add' (canon lower (func $add)))
    (core func $echo'
      (canon lower (func $echo) (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
    (core func $take' (canon lower (func $take) (memory (core memory $libc "memory"))))
    (core module $m
      (import "host" "add" (func $add (param i32 i32) (result i32)))
      (import "host" "echo" (func $echo (param i32 i32 i32)))
      (import "host" "take" (func $take (param i32 i32) (result i32)))
      (import "libc" "memory" (memory 40))
      (data (i32.const 256) "a string of thirty-two bytes, ok")
      (func (export "run-add") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (local.set $sum (call $add (local.get $sum) (i32.const 3)))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum))
      (func (export "run-echo") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (call $echo (i32.const 256) (i32.const 32) (i32.const 8))
          (local.set $sum
            (i32.add (local.get $sum) (i32.add (i32.load (i32.const 12)) (i32.load8_u (i32.load (i32.const 8))))))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum))
      (func (export "run-take") (param $n i32) (result i32)
        (local $sum i32)
        (loop $again
          (local.set $sum (i32.add (local.get $sum) (call $take (i32.const 131072) (i32.const 1048576))))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum)))
    (core instance $i (instantiate $m
      (with "libc" (instance $libc))
      (with "host" (instance
        (export "add" (func $add'))
        (export "echo" (func $echo'))
        (export "take" (func $take'))))))
    (func (export "run-add") (param "n" u32) (result u32) (canon lift (core func $i "run-add")))
    (func (export "run-echo") (param "n" u32) (result u32) (canon lift (core func $i "run-echo")))
    (func (export "run-take") (param "n" u32) (result u32) (canon lift (core func $i "run-take"))))
  (instance $callee (instantiate $callee))
  (instance $caller (instantiate $caller
    (with "add" (func $callee "add"))
    (with "echo" (func $callee "echo"))
    (with "take" (func $callee "take"))))
  (export "add" (func $callee "add"))
  (export "run-add" (func $caller "run-add"))
  (export "run-echo" (func $caller "run-echo"))
  (export "run-take" (func $caller "run-take")))
