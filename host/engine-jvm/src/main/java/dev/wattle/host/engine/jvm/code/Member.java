package dev.wattle.host.engine.jvm.code;

import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/// A field or method that generated code uses.
///
/// @param method its type when it is a method
/// @param field its type when it is a field
record Member(
        Opcode opcode,
        ClassDesc owner,
        String name,
        @Nullable MethodTypeDesc method,
        @Nullable ClassDesc field) {
    static Member callStatic(ClassDesc owner, String name, MethodTypeDesc type) {
        return new Member(Opcode.INVOKESTATIC, owner, name, type, null);
    }

    static Member callStatic(ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
        return callStatic(owner, name, MethodTypeDesc.of(result, parameters));
    }

    static Member call(ClassDesc owner, String name, MethodTypeDesc type) {
        return new Member(Opcode.INVOKEVIRTUAL, owner, name, type, null);
    }

    static Member call(ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
        return call(owner, name, MethodTypeDesc.of(result, parameters));
    }

    static Member get(ClassDesc owner, String name, ClassDesc type) {
        return new Member(Opcode.GETFIELD, owner, name, null, type);
    }

    static Member put(ClassDesc owner, String name, ClassDesc type) {
        return new Member(Opcode.PUTFIELD, owner, name, null, type);
    }

    static Member constant(ClassDesc owner, String name, ClassDesc type) {
        return new Member(Opcode.GETSTATIC, owner, name, null, type);
    }
}
