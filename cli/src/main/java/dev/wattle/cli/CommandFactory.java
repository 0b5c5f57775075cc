package dev.wattle.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Makes commands, and tells them where they are.
///
/// @param surroundings of all of them
record CommandFactory(Surroundings surroundings) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (!BaseCommand.class.isAssignableFrom(type)) {
            return CommandLine.defaultFactory().create(type);
        }
        try {
            Constructor<K> constructor = type.getDeclaredConstructor(Surroundings.class);
            return constructor.newInstance(surroundings);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }
}
