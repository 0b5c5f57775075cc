package dev.wattle.host.component.typed;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.util.List;

/// Gets at members of the program's own classes.
final class Reach {
    /// @throws BindingException when the program's module keeps the member to itself
    static <T extends AccessibleObject & Member> void require(T member) {
        if (!member.trySetAccessible()) {
            throw new BindingException(
                    member.getDeclaringClass().getName(),
                    List.of("'%s' cannot be called from here: make it public, or open its package to %s"
                            .formatted(member.getName(), Reach.class.getModule())));
        }
    }

    /// Throws on what the program's code threw, as it is.
    static RuntimeException rethrow(Throwable thrown) {
        Throwable cause = thrown instanceof InvocationTargetException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : thrown;
        return switch (cause) {
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException("a function of the host failed: " + cause.getMessage(), cause);
        };
    }

    private Reach() {}
}
