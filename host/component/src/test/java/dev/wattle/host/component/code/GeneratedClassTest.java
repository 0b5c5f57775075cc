package dev.wattle.host.component.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedClassTest {
    private static final MethodTypeDesc TEXT = MethodTypeDesc.of(ConstantDescs.CD_String);

    @Test
    void methods_find_their_constants_and_each_other() throws Throwable {
        var made = new GeneratedClass("Made");
        var hello = made.constant(ConstantDescs.CD_String, "hello");
        made.method("first", TEXT, out -> made.call(out, "second", TEXT).areturn());
        made.method("second", TEXT, out -> made.load(out, hello).areturn());
        MethodHandle first = made.define(made.build()).method("first", MethodType.methodType(String.class));
        assertThat((String) first.invokeExact()).isEqualTo("hello");
    }

    @Test
    void constants_are_asked_for_when_the_class_is_initialized() throws Throwable {
        var made = new GeneratedClass("Late");
        List<String> later = new ArrayList<>();
        var text = made.late(ConstantDescs.CD_String, later::getFirst);
        made.method("text", TEXT, out -> made.load(out, text).areturn());
        GeneratedClass.Defined defined = made.define(made.build());
        MethodHandle method = defined.method("text", MethodType.methodType(String.class));
        later.add("known by now");
        defined.initialize();
        later.clear();
        assertThat((String) method.invokeExact()).isEqualTo("known by now");
    }

    @Test
    void equal_constants_share_a_field() {
        var made = new GeneratedClass("Shared");
        assertThat(made.constant(ConstantDescs.CD_String, "a"))
                .isEqualTo(made.constant(ConstantDescs.CD_String, "a"))
                .isNotEqualTo(made.constant(ConstantDescs.CD_String, "b"))
                .isNotEqualTo(made.constant(ConstantDescs.CD_Object, "a"));
    }

    @Test
    void bodies_may_add_methods_while_the_class_is_built() throws Throwable {
        var made = new GeneratedClass("Growing");
        made.method("first", TEXT, out -> {
            if (!made.has("second")) {
                made.method("second", TEXT, more -> more.loadConstant("added").areturn());
            }
            made.call(out, "second", TEXT).areturn();
        });
        MethodHandle first = made.define(made.build()).method("first", MethodType.methodType(String.class));
        assertThat((String) first.invokeExact()).isEqualTo("added");
    }

    @Test
    void a_name_is_taken_once() {
        var made = new GeneratedClass("Twice");
        made.method("same", TEXT, out -> out.aconst_null().areturn());
        assertThatThrownBy(
                        () -> made.method("same", TEXT, out -> out.aconst_null().areturn()))
                .isInstanceOf(IllegalStateException.class);
    }
}
