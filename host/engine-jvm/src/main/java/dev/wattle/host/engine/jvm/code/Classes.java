package dev.wattle.host.engine.jvm.code;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.function.Consumer;

/// Makes class files.
final class Classes {
    /// References meet at labels as `Object`: nothing has to be known of generated classes.
    private static final ClassHierarchyResolver ANY =
            type -> ClassHierarchyInfo.ofClass(type.equals(ConstantDescs.CD_Object) ? null : ConstantDescs.CD_Object);

    private static final ClassFile FACTORY = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ANY));

    private Classes() {}

    static byte[] build(ClassDesc name, Consumer<? super ClassBuilder> content) {
        return FACTORY.build(name, content);
    }
}
