;; What the caller calls.
(module
  (type $step (func (param i32) (result i32)))
  (table (export "table") 8 funcref)
  (elem (i32.const 1) $step)
  (func $step (export "step") (type $step)
    (i32.add (i32.mul (local.get 0) (i32.const 1664525)) (i32.const 1013904223))))
