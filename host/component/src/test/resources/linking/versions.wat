;; Exports one interface in two versions of a track and in one of another.
(component
  (core module $M
    (func (export "one") (result i32) (i32.const 1))
    (func (export "two") (result i32) (i32.const 2))
    (func (export "three") (result i32) (i32.const 3)))
  (core instance $m (instantiate $M))
  (func $one (result u32) (canon lift (core func $m "one")))
  (func $two (result u32) (canon lift (core func $m "two")))
  (func $three (result u32) (canon lift (core func $m "three")))
  (instance $i1 (export "version" (func $one)))
  (instance $i2 (export "version" (func $two)))
  (instance $i3 (export "version" (func $three)))
  (export "test:versions/it@0.2.1" (instance $i1))
  (export "test:versions/it@0.2.10" (instance $i2))
  (export "test:versions/it@0.3.0" (instance $i3))
  (export "test:versions/only@1.2.3" (instance $i3)))
