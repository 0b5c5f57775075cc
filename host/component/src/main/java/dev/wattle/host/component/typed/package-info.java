/// Components for Java programs: values are Java's own (records, lists, enums, sealed interfaces), calls are
/// calls of Java interfaces, imports are lambdas or objects.
///
/// Here: how Java types stand for WIT types, what checks it when something is bound, and what converts values
/// when something is called. Not here: loading, linking and running, which the root package does over values of
/// `wit`.
///
/// Start reading at [dev.wattle.host.component.typed.Guest] for calls into a component, and at
/// [dev.wattle.host.component.typed.Imports] for calls out of it.
///
/// | WIT | Java |
/// |---|---|
/// | `bool` | `boolean` |
/// | `s8` … `s64` | `byte`, `short`, `int`, `long` of that many bits or more, `BigInteger` |
/// | `u8` … `u64` | the same; a type of just as many bits holds the bits, as `Integer.toUnsignedLong` reads them |
/// | `f32`, `f64` | `float`, `double` |
/// | `char` | `int`, a code point |
/// | `string` | `String` |
/// | `list<T>`, `list<T, n>` | `List<T>` or an array; `list<u8>` is `byte[]` or `ByteString` too |
/// | `map<K, V>` | `Map<K, V>`, the last of several equal keys |
/// | `record` | a Java record with the same names: `point-x` is `pointX` |
/// | `tuple` | a Java record with as many components, by their order |
/// | `variant` | a sealed interface of records named as the cases, with the payload as their only component |
/// | `enum` | an enum: `not-found` is `NOT_FOUND` |
/// | `flags` | `Set` of an enum |
/// | `option<T>` | `Optional<T>` |
/// | `result<T, E>` | `Result<T, E>`; as what a function returns just `T`, and a `ResultException` for an error |
/// | `own<R>`, `borrow<R>` of a guest | an interface with the resource's methods, `AutoCloseable` |
/// | `own<R>`, `borrow<R>` of the host | the object itself |
/// | any | `WitValue` |
@NullMarked
package dev.wattle.host.component.typed;

import org.jspecify.annotations.NullMarked;
