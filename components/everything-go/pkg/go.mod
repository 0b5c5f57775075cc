// Stands in for the module that the bindings of `wit-bindgen go` want, where the proxy of Go's modules does not have it:
// what they use of it, and no more.
module go.bytecodealliance.org/pkg

go 1.25
