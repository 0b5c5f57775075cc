package dev.wattle.host.component.typed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The WIT name of a method, type or constant, where it is not the Java name in kebab case. For functions of
/// resources the whole name: `[static]counter.live`.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.CONSTRUCTOR
})
@Retention(RetentionPolicy.RUNTIME)
public @interface WitName {
    /// As WIT writes it, without `%`.
    String value();
}
