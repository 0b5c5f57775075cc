package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.runtime.HostCode;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The class loader of a module's code: makes a function's class when the JVM asks for it.
final class ModuleLoader extends ClassLoader implements HostCode {
    static {
        registerAsParallelCapable();
    }

    private final ModuleShape shape;
    private final Signatures signatures;
    private final ClassSource source;
    private final String prefix;
    private final Map<String, Signature> byClassName = new HashMap<>();

    /// Those with the code of functions that are imported, by their packages.
    private final Map<String, ModuleLoader> wired = new HashMap<>();

    /// Classes that were made with another one, until somebody asks for them.
    private final Map<String, byte[]> waiting = new ConcurrentHashMap<>();

    private final Counts counts = new Counts();

    ModuleLoader(ModuleShape shape, Signatures signatures, ClassSource source) {
        super(shape.packageName, ModuleLoader.class.getClassLoader());
        this.shape = shape;
        this.signatures = signatures;
        this.source = source;
        this.prefix = shape.packageName + ".";
        shape.module.types().forEach(type -> {
            Signature signature = shape.signature(type);
            byClassName.put(GeneratedClasses.name(signature.signatureClass), signature);
        });
        for (ImportCode each : shape.imports()) {
            if (each instanceof ImportCode.OfModule known) {
                ModuleCode code = known.code();
                ModuleLoader other = wired.putIfAbsent(code.packageName(), code.loader());
                if (code.packageName().equals(shape.packageName) || (other != null && other != code.loader())) {
                    throw new IllegalArgumentException("two modules in package " + code.packageName());
                }
            }
        }
    }

    Counts counts() {
        return counts;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(prefix)) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }
        Signature signature = byClassName.get(name);
        if (signature != null) {
            return signatures.classOf(signature);
        }
        ModuleLoader other = wired.isEmpty() ? null : wired.get(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
        return other == null ? super.loadClass(name, resolve) : other.loadClass(name, resolve);
    }

    @Override
    public MethodHandle hostCode(int function) {
        if (shape.importCode(function) instanceof ImportCode.OfHost(MethodHandle code)) {
            return code;
        }
        throw new IllegalArgumentException("not of the host: function " + function);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        CompileRoom.require();
        byte[] bytes = bytes(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        counts.loaded(bytes.length);
        Class<?> defined = defineClass(name, bytes, 0, bytes.length);
        return hostImportOf(name.substring(prefix.length())) < 0 ? defined : initialized(defined);
    }

    /// Now, where the stack has room: a class whose initializer fails once is lost. Others have no initializer.
    private Class<?> initialized(Class<?> defined) throws ClassNotFoundException {
        return Class.forName(defined.getName(), true, this);
    }

    private byte @Nullable [] bytes(String name) {
        byte[] known = waiting.remove(name);
        if (known == null) {
            known = source.find(name);
        }
        return known == null ? compile(name) : known;
    }

    private byte @Nullable [] compile(String name) {
        String simple = name.substring(prefix.length());
        if (simple.equals("Instance")) {
            byte[] bytes = new InstanceClass(shape).make();
            source.offer(Map.of(name, bytes));
            return bytes;
        }
        int host = hostImportOf(simple);
        if (host >= 0) {
            byte[] bytes = new HostImportClass(shape, host).make();
            source.offer(Map.of(name, bytes));
            return bytes;
        }
        int function = functionOf(simple);
        if (function < 0) {
            return null;
        }
        GeneratedClasses made = compile(function);
        source.offer(made.bytes());
        made.bytes().forEach((each, bytes) -> {
            if (!each.equals(name)) {
                waiting.put(each, bytes);
            }
        });
        return made.bytes().get(name);
    }

    /// The function whose class, or a part of it, has that name; -1 when none has.
    private int functionOf(String simple) {
        int function = numbered("FL", simple);
        return function < 0 || shape.isImport(function) ? -1 : function;
    }

    /// The import, wired to code of the host, whose class has that name; -1 when none has.
    private int hostImportOf(String simple) {
        int function = numbered("H", simple);
        boolean host =
                function >= 0 && shape.isImport(function) && shape.importCode(function) instanceof ImportCode.OfHost;
        return host ? function : -1;
    }

    /// The function that a class name means which begins with one of those letters, then a number; -1 for
    /// others.
    private int numbered(String letters, String simple) {
        int end = 1;
        while (end < simple.length() && Character.isDigit(simple.charAt(end))) {
            end++;
        }
        if (end == 1 || letters.indexOf(simple.charAt(0)) < 0) {
            return -1;
        }
        int function = Integer.parseInt(simple, 1, end, 10);
        return function >= shape.module.functions().size() ? -1 : function;
    }

    private GeneratedClasses compile(int function) {
        try {
            GeneratedClasses made = new FunctionClass(shape, function).make();
            counts.compiled(made);
            return made;
        } catch (StackOverflowError exhausted) {
            throw exhausted;
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException(
                    "function %d (%s) of %s cannot be compiled"
                            .formatted(function, shape.functionName(function), shape.packageName),
                    e);
        }
    }
}
