// Package runtime keeps memory that a host writes to or reads from where it is, and keeps handles.
package runtime

import (
	"runtime"
	"unsafe"
)

// Pins what the host allocated, until its values were read.
var received runtime.Pinner

// Unpin lets go of all that the host allocated: its values were read.
func Unpin() {
	received.Unpin()
}

// Allocate gives memory that stays where it is for as long as pinner holds it. Its alignment is at most 8.
func Allocate(pinner *runtime.Pinner, size, align uintptr) unsafe.Pointer {
	if align > 8 {
		panic("no such alignment")
	}
	if size == 0 {
		return unsafe.Pointer(&nothing)
	}
	// Whole words, so that the allocator aligns them.
	words := make([]uint64, (size+7)/8)
	pointer := unsafe.Pointer(unsafe.SliceData(words))
	pinner.Pin(pointer)
	return pointer
}

var nothing uint64

//go:wasmexport cabi_realloc
func reallocate(old unsafe.Pointer, oldSize, align, newSize uint32) unsafe.Pointer {
	pointer := Allocate(&received, uintptr(newSize), uintptr(align))
	copy(unsafe.Slice((*byte)(pointer), newSize), unsafe.Slice((*byte)(old), oldSize))
	return pointer
}

// Handle is a handle of an imported resource until it is given away.
type Handle struct {
	value int32
}

func MakeHandle(value int32) *Handle { return &Handle{value} }

// Use is the handle, which stays.
func (handle *Handle) Use() int32 {
	if handle.value == 0 {
		panic("the resource was given away")
	}
	return handle.value
}

// Take is the handle, which is given away.
func (handle *Handle) Take() int32 {
	value := handle.Use()
	handle.value = 0
	return value
}

// TakeOrNil is the handle, which is given away, or 0 where it was already.
func (handle *Handle) TakeOrNil() int32 {
	value := handle.value
	handle.value = 0
	return value
}

// Set takes the handle back.
func (handle *Handle) Set(value int32) {
	handle.value = value
}
