// Counters of the guest, each of which holds one of the host.
package export_wattle_test_counters

import (
	"runtime"
	"unsafe"

	witTypes "go.bytecodealliance.org/pkg/wit/types"
	host "wit_component/wattle_test_counters"
)

// Counter is known to the host by its address, so it is pinned for as long as there is a handle.
type Counter struct {
	pinner runtime.Pinner
	handle int32
	// Nil once it was given away.
	inner *host.Counter
}

//go:wasmimport [export]wattle:test/counters [resource-new]counter
func resourceNew(pointer unsafe.Pointer) int32

//go:wasmimport [export]wattle:test/counters [resource-rep]counter
func resourceRep(handle int32) unsafe.Pointer

//go:wasmimport [export]wattle:test/counters [resource-drop]counter
func resourceDrop(handle int32)

// The bindings call these.

//go:wasmexport wattle:test/counters#[dtor]counter
func destructor(rep int32) {
	counter := CounterFromBorrowHandle(rep)
	if counter.inner != nil {
		counter.inner.Drop()
		counter.inner = nil
	}
	counter.pinner.Unpin()
}

func (counter *Counter) TakeHandle() int32 {
	counter.pinner.Pin(counter)
	counter.handle = resourceNew(unsafe.Pointer(counter))
	return counter.handle
}

func (counter *Counter) SetHandle(handle int32) {
	counter.handle = handle
}

// CounterFromOwnHandle notes the handle: a counter that was away comes back by another.
func CounterFromOwnHandle(handle int32) *Counter {
	counter := (*Counter)(resourceRep(handle))
	counter.handle = handle
	return counter
}

func CounterFromBorrowHandle(rep int32) *Counter {
	return (*Counter)(unsafe.Pointer(uintptr(rep)))
}

func wrap(inner *host.Counter) *Counter {
	return &Counter{inner: inner}
}

func (counter *Counter) unwrap() *host.Counter {
	inner := counter.inner
	counter.inner = nil
	resourceDrop(counter.handle)
	return inner
}

func MakeCounter(start uint32) *Counter {
	return wrap(host.MakeCounter(start))
}

func (counter *Counter) Increment(by uint32) uint32 {
	return counter.inner.Increment(by)
}

func (counter *Counter) Value() uint32 {
	return counter.inner.Value()
}

func CounterMerge(a *Counter, b *Counter) *Counter {
	return wrap(host.CounterMerge(a.inner, b.unwrap()))
}

func CounterLive() uint32 {
	return host.CounterLive()
}

func Consume(counter *Counter) uint32 {
	return host.Consume(counter.unwrap())
}

func Peek(counter *Counter) uint32 {
	return host.Peek(counter.inner)
}

func Pass(counter *Counter) *Counter {
	return wrap(host.Pass(counter.unwrap()))
}

func PassAll(counters []*Counter) []*Counter {
	given := make([]*host.Counter, len(counters))
	for i, counter := range counters {
		given[i] = counter.unwrap()
	}
	got := host.PassAll(given)
	wrapped := make([]*Counter, len(got))
	for i, inner := range got {
		wrapped[i] = wrap(inner)
	}
	return wrapped
}

func PassSome(counter witTypes.Option[*Counter]) witTypes.Option[*Counter] {
	given := witTypes.None[*host.Counter]()
	if counter.IsSome() {
		given = witTypes.Some(counter.Some().unwrap())
	}
	got := host.PassSome(given)
	if got.IsNone() {
		return witTypes.None[*Counter]()
	}
	return witTypes.Some(wrap(got.Some()))
}

func Total(counters []*Counter) uint64 {
	lent := make([]*host.Counter, len(counters))
	for i, counter := range counters {
		lent[i] = counter.inner
	}
	return host.Total(lent)
}

func Make(start uint32) witTypes.Result[*Counter, string] {
	got := host.Make(start)
	if got.IsErr() {
		return witTypes.Err[*Counter](got.Err())
	}
	return witTypes.Ok[*Counter, string](wrap(got.Ok()))
}
