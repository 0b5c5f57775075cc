;; Imports one resource under two names.
(component
  (import "host" (instance
    (export "one" (type $one (sub resource)))
    (export "again" (type (eq $one))))))
