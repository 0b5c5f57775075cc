;; An interface with every kind of type that WIT text must show, and what WIT has no words for.
(component
  (import "test:all/types@1.0.0" (instance
    (export "handle" (type $handle (sub resource)))
    (export "[constructor]handle" (func (param "name" string) (result (own $handle))))
    (export "[method]handle.wait" (func async (param "self" (borrow $handle)) (result (future u32))))
    (export "[static]handle.all" (func (result (list (own $handle)))))
    (type $address' (list u8 4))
    (export "address" (type $address (eq $address')))
    (type $ages' (map string u32))
    (export "ages" (type $ages (eq $ages')))
    (type $bytes (stream u8))
    (type $nothing (future))
    (export "watch" (func async (param "from" $address) (param "ages" $ages) (result $bytes)))
    (export "fail" (func (result (result $nothing (error error-context)))))
    (export "inside" (instance (export "deep" (func))))))
  (import "code" (core module (export "run" (func))))
  (import "part" (component (import "x" (func)))))
