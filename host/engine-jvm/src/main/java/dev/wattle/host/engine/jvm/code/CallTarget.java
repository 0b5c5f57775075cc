package dev.wattle.host.engine.jvm.code;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/// The static method that a call goes to, whose last parameter is an instance: the caller's own, or one in a field of
/// it.
record CallTarget(ClassDesc owner, String method, MethodTypeDesc type) {
    Member call() {
        return Member.callStatic(owner, method, type);
    }

    /// The class of the instance.
    ClassDesc instance() {
        return type.parameterType(type.parameterCount() - 1);
    }
}
