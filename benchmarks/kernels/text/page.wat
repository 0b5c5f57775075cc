;; The smallest sandbox: one page, some data, and a call that reads and writes. Answers how often it was called.
(module
  (memory (export "memory") 1)
  (data (i32.const 16) "\2a")
  (func (export "run") (param $value i32) (result i64)
    (i32.store (i32.const 1024) (i32.add (i32.load (i32.const 1024)) (i32.const 1)))
    (i32.store (i32.const 2048) (local.get $value))
    (i64.add
      (i64.mul (i64.load32_u (i32.const 1024)) (i64.const 1000))
      (i64.load8_u (i32.const 16)))))
