package dev.wattle.host.component.code;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;

/// Bytecode that takes things out of the [Context], which is the first parameter of every generated method.
final class ContextCode {
    static final ClassDesc CONTEXT = ClassDesc.of("dev.wattle.host.component.code.Context");
    static final ClassDesc SANDBOX = ClassDesc.of("dev.wattle.host.component.Sandbox");
    static final ClassDesc STATE = ClassDesc.of("dev.wattle.host.component.abi.InstanceState");
    static final ClassDesc INSTANCE = ClassDesc.of("dev.wattle.host.engine.CoreInstance");
    static final ClassDesc MEMORY = ClassDesc.of("dev.wattle.host.engine.GuestMemory");
    static final ClassDesc RESOURCE = ClassDesc.of("dev.wattle.host.component.abi.ResourceDefinition");
    static final ClassDesc HOST_FUNCTION = ClassDesc.of("dev.wattle.host.component.HostFunction");

    /// The local that holds it.
    private static final int LOCAL = 0;

    private ContextCode() {}

    static CodeBuilder load(CodeBuilder out) {
        return out.aload(LOCAL);
    }

    static CodeBuilder sandbox(CodeBuilder out) {
        return load(out).getfield(CONTEXT, "sandbox", SANDBOX);
    }

    static CodeBuilder state(CodeBuilder out, int slot) {
        return element(out, "states", STATE, slot);
    }

    static CodeBuilder instance(CodeBuilder out, int slot) {
        return element(out, "instances", INSTANCE, slot);
    }

    /// Out of a context that is in another local by now.
    static CodeBuilder instance(CodeBuilder out, int context, int slot) {
        return out.aload(context)
                .getfield(CONTEXT, "instances", INSTANCE.arrayType())
                .loadConstant(slot)
                .aaload();
    }

    static CodeBuilder memory(CodeBuilder out, int slot) {
        return element(out, "memories", MEMORY, slot);
    }

    static CodeBuilder resource(CodeBuilder out, int slot) {
        return element(out, "resources", RESOURCE, slot);
    }

    static CodeBuilder hostFunction(CodeBuilder out, int slot) {
        return element(out, "hostFunctions", HOST_FUNCTION, slot);
    }

    private static CodeBuilder element(CodeBuilder out, String field, ClassDesc type, int slot) {
        return load(out)
                .getfield(CONTEXT, field, type.arrayType())
                .loadConstant(slot)
                .aaload();
    }
}
