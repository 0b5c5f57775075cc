;; Another type than `step.wat` wants of its `next`.
(component
  (core module $module (func (export "down") (param i32) (result i32) (local.get 0)))
  (core instance $core (instantiate $module))
  (func (export "down") (param "n" s32) (result s32) (canon lift (core func $core "down"))))
