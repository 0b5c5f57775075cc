// Package types has the types of WIT that Go has no types for.
package types

// Unit is no payload.
type Unit struct{}

// Tags of an Option.
const (
	OptionNone uint8 = iota
	OptionSome
)

// Option is a value or none.
type Option[T any] struct {
	tag   uint8
	value T
}

func Some[T any](value T) Option[T] { return Option[T]{OptionSome, value} }

func None[T any]() Option[T] { return Option[T]{} }

func (option Option[T]) Tag() uint8 { return option.tag }

func (option Option[T]) IsSome() bool { return option.tag == OptionSome }

func (option Option[T]) IsNone() bool { return option.tag == OptionNone }

// Some is the value; it panics when there is none.
func (option Option[T]) Some() T {
	if option.tag != OptionSome {
		panic("there is none")
	}
	return option.value
}

// Tags of a Result.
const (
	ResultOk uint8 = iota
	ResultErr
)

// Result is what was wanted or an error.
type Result[T, E any] struct {
	tag uint8
	ok  T
	err E
}

func Ok[T, E any](value T) Result[T, E] { return Result[T, E]{tag: ResultOk, ok: value} }

func Err[T, E any](value E) Result[T, E] { return Result[T, E]{tag: ResultErr, err: value} }

func (result Result[T, E]) Tag() uint8 { return result.tag }

func (result Result[T, E]) IsErr() bool { return result.tag == ResultErr }

// Ok is what was wanted; it panics at an error.
func (result Result[T, E]) Ok() T {
	if result.tag != ResultOk {
		panic("there is an error")
	}
	return result.ok
}

// Err is the error; it panics where there is none.
func (result Result[T, E]) Err() E {
	if result.tag != ResultErr {
		panic("there is no error")
	}
	return result.err
}

type Tuple1[A any] struct{ F0 A }

type Tuple2[A, B any] struct {
	F0 A
	F1 B
}

type Tuple3[A, B, C any] struct {
	F0 A
	F1 B
	F2 C
}
