package dev.wattle.host.component.typed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says which WIT interface a Java interface stands for. Its methods are the functions: `openAll` is
/// `open-all`, `newCounter` the constructor of `counter`, and [WitName] says so where names follow no rule.
///
/// ```java
/// @WitInterface("cyber:math/operations@0.1.0")
/// interface Operations {
///     int add(int a, int b);
/// }
/// ```
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WitInterface {
    /// `namespace:package/interface[@version]`, or a plain name; empty for the functions at the root of the
    /// world.
    String value();
}
