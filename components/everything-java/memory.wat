;; Beside the guest's module: memory that Java's collector does not know, and a way to trap. Java's heap has its whole size
;; from the start, so what is taken by memory.grow stays ours.
(module
  (import "env" "memory" (memory 0))

  (global $start (mut i32) (i32.const 0))
  (global $at (mut i32) (i32.const 0))

  (func (export "allocate") (param $size i32) (param $align i32) (result i32)
    (local $end i32)
    (if (i32.eqz (global.get $start))
      (then
        (global.set $start (i32.shl (memory.grow (i32.const 1)) (i32.const 16)))
        (global.set $at (global.get $start))))
    (global.set $at
      (i32.and
        (i32.sub (i32.add (global.get $at) (local.get $align)) (i32.const 1))
        (i32.sub (i32.const 0) (local.get $align))))
    (local.set $end (i32.add (global.get $at) (local.get $size)))
    (if (i32.gt_u (local.get $end) (i32.shl (memory.size) (i32.const 16)))
      (then
        (if (i32.eq
              (memory.grow (i32.add (i32.shr_u (local.get $size) (i32.const 16)) (i32.const 1)))
              (i32.const -1))
          (then (unreachable)))))
    (global.get $at)
    (global.set $at (local.get $end)))

  (func (export "free")
    (global.set $at (global.get $start)))

  (func (export "trap") (unreachable)))
