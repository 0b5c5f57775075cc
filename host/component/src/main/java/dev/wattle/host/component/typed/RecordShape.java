package dev.wattle.host.component.typed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a Java record is made and taken apart. Immutable.
///
/// @param constructor `(Object[]) -> Object`
/// @param accessors each `(Object) -> Object`
record RecordShape(MethodHandle constructor, List<MethodHandle> accessors) {
    private static final MethodType ACCESS = MethodType.methodType(Object.class, Object.class);

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return read(type);
        }
    };

    /// @throws BindingException when the record is out of reach
    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static RecordShape read(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Reach.require(constructor);
            List<MethodHandle> accessors = new ArrayList<>();
            for (RecordComponent component : components) {
                Reach.require(component.getAccessor());
                accessors.add(lookup.unreflect(component.getAccessor()).asType(ACCESS));
            }
            MethodHandle create = lookup.unreflectConstructor(constructor)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordShape(create, List.copyOf(accessors));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record without its constructor: " + type, e);
        }
    }

    @Nullable
    Object component(Object record, int index) {
        try {
            return accessors.get(index).invokeExact(record);
        } catch (Throwable e) {
            throw Reach.rethrow(e);
        }
    }

    Object create(@Nullable Object[] components) {
        try {
            return constructor.invokeExact(components);
        } catch (Throwable e) {
            throw Reach.rethrow(e);
        }
    }
}
