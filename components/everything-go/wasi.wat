;; What Go's runtime asks of WASI preview 1, answered inside of the component: a clock that goes on by a millisecond
;; whenever it is asked, numbers that are the same in each instance, no arguments, no files, and output that is lost.
;;
;; The official adapter will not do, for two reasons. It takes its pages by memory.grow, and Go takes all pages for its own,
;; so that each overwrites the other. And it imports WASI, while Go asks the clock at times of its choosing: also while a
;; host has memory allocated for what it passes, when an import may not be called.
(module
  (import "env" "memory" (memory 0))

  (global $nanos (mut i64) (i64.const 1700000000000000000))
  (global $random (mut i64) (i64.const 88172645463325252))

  ;; No such file descriptor.
  (global $bad i32 (i32.const 8))

  (func (export "sched_yield") (result i32) (i32.const 0))
  (func (export "proc_exit") (param i32) (unreachable))

  (func (export "args_get") (param i32 i32) (result i32) (i32.const 0))
  (func (export "environ_get") (param i32 i32) (result i32) (i32.const 0))
  (func $none (param $count i32) (param $bytes i32) (result i32)
    (i32.store (local.get $count) (i32.const 0))
    (i32.store (local.get $bytes) (i32.const 0))
    (i32.const 0))
  (export "args_sizes_get" (func $none))
  (export "environ_sizes_get" (func $none))

  (func (export "clock_time_get") (param $clock i32) (param $precision i64) (param $time i32) (result i32)
    (global.set $nanos (i64.add (global.get $nanos) (i64.const 1000000)))
    (i64.store (local.get $time) (global.get $nanos))
    (i32.const 0))

  ;; Nobody is waited for.
  (func (export "poll_oneoff") (param $in i32) (param $out i32) (param $subscriptions i32) (param $events i32) (result i32)
    (i32.store (local.get $events) (i32.const 0))
    (i32.const 0))

  ;; Xorshift.
  (func (export "random_get") (param $bytes i32) (param $length i32) (result i32)
    (local $x i64)
    (loop $next
      (if (local.get $length)
        (then
          (local.set $x (global.get $random))
          (local.set $x (i64.xor (local.get $x) (i64.shl (local.get $x) (i64.const 13))))
          (local.set $x (i64.xor (local.get $x) (i64.shr_u (local.get $x) (i64.const 7))))
          (local.set $x (i64.xor (local.get $x) (i64.shl (local.get $x) (i64.const 17))))
          (global.set $random (local.get $x))
          (i64.store8 (local.get $bytes) (local.get $x))
          (local.set $bytes (i32.add (local.get $bytes) (i32.const 1)))
          (local.set $length (i32.sub (local.get $length) (i32.const 1)))
          (br $next))))
    (i32.const 0))

  ;; As if all had been written: the lengths of the parts.
  (func (export "fd_write") (param $fd i32) (param $parts i32) (param $count i32) (param $written i32) (result i32)
    (local $sum i32)
    (loop $next
      (if (local.get $count)
        (then
          (local.set $sum (i32.add (local.get $sum) (i32.load offset=4 (local.get $parts))))
          (local.set $parts (i32.add (local.get $parts) (i32.const 8)))
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br $next))))
    (i32.store (local.get $written) (local.get $sum))
    (i32.const 0))

  (func (export "fd_close") (param i32) (result i32) (global.get $bad))
  (func (export "fd_fdstat_get") (param i32 i32) (result i32) (global.get $bad))
  (func (export "fd_fdstat_set_flags") (param i32 i32) (result i32) (global.get $bad))
  (func (export "fd_prestat_get") (param i32 i32) (result i32) (global.get $bad))
  (func (export "fd_prestat_dir_name") (param i32 i32 i32) (result i32) (global.get $bad)))
