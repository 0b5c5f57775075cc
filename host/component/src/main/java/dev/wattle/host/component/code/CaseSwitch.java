package dev.wattle.host.component.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A switch over the cases of a variant that have a payload; all others are one.
final class CaseSwitch {
    private final CodeBuilder out;
    private final Map<Integer, Label> payloads = new HashMap<>();
    private final List<SwitchCase> cases = new ArrayList<>();
    private final Label plain;

    CaseSwitch(CodeBuilder out, TypeNode node) {
        this.out = out;
        this.plain = out.newLabel();
        for (int number = 0; number < node.parts.size(); number++) {
            if (node.parts.get(number) != null) {
                Label label = out.newLabel();
                payloads.put(number, label);
                cases.add(SwitchCase.of(number, label));
            }
        }
    }

    /// Goes on where the number on the stack says.
    void begin(CodeBuilder out) {
        switch (cases.size()) {
            case 0 -> out.pop().goto_(plain);
            case 1 ->
                out.loadConstant(cases.getFirst().caseValue())
                        .if_icmpeq(cases.getFirst().target())
                        .goto_(plain);
            default -> out.lookupswitch(plain, cases);
        }
    }

    /// Here is the code of a case with a payload.
    void bind(int number) {
        Label label = payloads.get(number);
        if (label == null) {
            throw new IllegalStateException("no payload in case " + number);
        }
        out.labelBinding(label);
    }

    /// Here is the code of the others.
    void bindPlain() {
        out.labelBinding(plain);
    }
}
