package dev.wattle.host.component.typed;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of the host, written as a lambda with the types of its parameters: `(Integer a, Integer b) -> a +
/// b`, or as a reference to a method: `Greeter::greet`. A generic type such as `List<String>` needs the latter,
/// as Java forgets what a lambda's list holds.
///
/// Serializable so that its types can be read; nobody serializes it.
@SuppressWarnings("serial") // what a lambda captures is never written
public sealed interface Lambda extends Serializable {
    /// Without parameters.
    @FunctionalInterface
    non-sealed interface F0<R extends @Nullable Object> extends Lambda {
        R call();
    }

    /// With one parameter.
    @FunctionalInterface
    non-sealed interface F1<A, R extends @Nullable Object> extends Lambda {
        R call(A a);
    }

    /// With two parameters.
    @FunctionalInterface
    non-sealed interface F2<A, B, R extends @Nullable Object> extends Lambda {
        R call(A a, B b);
    }

    /// With three parameters.
    @FunctionalInterface
    non-sealed interface F3<A, B, C, R extends @Nullable Object> extends Lambda {
        R call(A a, B b, C c);
    }

    /// With four parameters.
    @FunctionalInterface
    non-sealed interface F4<A, B, C, D, R extends @Nullable Object> extends Lambda {
        R call(A a, B b, C c, D d);
    }

    /// Without parameters and result.
    @FunctionalInterface
    non-sealed interface V0 extends Lambda {
        void call();
    }

    /// With one parameter, without result.
    @FunctionalInterface
    non-sealed interface V1<A> extends Lambda {
        void call(A a);
    }

    /// With two parameters, without result.
    @FunctionalInterface
    non-sealed interface V2<A, B> extends Lambda {
        void call(A a, B b);
    }

    /// With three parameters, without result.
    @FunctionalInterface
    non-sealed interface V3<A, B, C> extends Lambda {
        void call(A a, B b, C c);
    }
}
