package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.Labels;
import java.lang.classfile.CodeBuilder;
import java.util.HashMap;
import java.util.Map;

/// The labels of types as constants of a class.
final class LabelConstants {
    private final GeneratedClass target;
    private final Map<TypeNode, GeneratedClass.Constant> known = new HashMap<>();

    LabelConstants(GeneratedClass target) {
        this.target = target;
    }

    /// Leaves the labels on the stack.
    CodeBuilder load(CodeBuilder out, TypeNode node) {
        return target.load(out, known.computeIfAbsent(node, _ -> target.constant(Names.LABELS, Labels.of(node.type))));
    }
}
