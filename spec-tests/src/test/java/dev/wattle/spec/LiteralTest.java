package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class LiteralTest {
    private static final Optional<WitType> U32 = Optional.of(Primitive.U32);

    private static Literal literal(String json) {
        return LiteralReader.read(new JsonMapper().readTree(json.replace('\'', '"')));
    }

    private static void stands(String json, WitType type, WitValue value) {
        assertThat(literal(json).as(type)).isEqualTo(value);
    }

    private static void isNot(String json, WitType type) {
        assertThatThrownBy(() -> literal(json).as(type)).isInstanceOf(Mismatch.class);
    }

    private static String u32(int value) {
        return "{'type':'u32','value':'" + value + "'}";
    }

    @Test
    void plain_values_stand_for_themselves() {
        stands("{'type':'bool','value':true}", Primitive.BOOL, WitValue.of(true));
        stands("{'type':'u64','value':'18446744073709551615'}", Primitive.U64, WitValue.of(-1));
        stands("{'type':'s8','value':'-8'}", Primitive.S8, WitValue.of(-8));
        stands("{'type':'char','value':'\uD83D\uDE00'}", Primitive.CHAR, new WitValue.Char(0x1F600));
        stands("{'type':'string','value':'a'}", Primitive.STRING, WitValue.of("a"));
        stands("{'type':'f32','value':'2143289344'}", Primitive.F32, new WitValue.F32(Float.NaN));
        stands("{'type':'f64','value':'13830554455654793216'}", Primitive.F64, new WitValue.F64(-1));
    }

    @Test
    void compound_values_stand_for_those_of_their_type() {
        stands(
                "{'type':'list','value':[{'type':'u8','value':'255'}]}",
                new WitType.ListType(Primitive.U8),
                WitValue.ofBytes(new byte[] {-1}));
        stands(
                "{'type':'list','value':[" + u32(1) + "]}",
                new WitType.ListType(Primitive.U32),
                WitValue.list(List.of(WitValue.of(1))));
        stands(
                "{'type':'tuple','value':[" + u32(1) + "]}",
                new WitType.TupleType(List.of(Primitive.U32)),
                WitValue.tuple(WitValue.of(1)));
        stands(
                "{'type':'record','value':[['n'," + u32(7) + "]]}",
                new WitType.RecordType(List.of(new WitType.Field("n", Primitive.U32))),
                WitValue.record(WitValue.of(7)));
        stands(
                "{'type':'flags','value':['b']}",
                new WitType.FlagsType(List.of("a", "b")),
                new WitValue.FlagsValue(new TreeSet<>(List.of("b"))));
    }

    @Test
    void cases_stand_for_those_of_their_type() {
        var variant =
                new WitType.VariantType(List.of(new WitType.Case("a", U32), new WitType.Case("b", Optional.empty())));
        stands(
                "{'type':'variant','value':{'case':'a','payload':" + u32(1) + "}}",
                variant,
                WitValue.variant("a", WitValue.of(1)));
        stands("{'type':'variant','value':{'case':'b'}}", variant, WitValue.variant("b"));
        isNot("{'type':'variant','value':{'case':'a'}}", variant);
        isNot("{'type':'variant','value':{'case':'c'}}", variant);
        stands("{'type':'enum','value':'red'}", new WitType.EnumType(List.of("red")), new WitValue.EnumValue("red"));
        isNot("{'type':'enum','value':'blue'}", new WitType.EnumType(List.of("red")));
        stands("{'type':'option','value':null}", new WitType.OptionType(Primitive.U32), WitValue.none());
        stands(
                "{'type':'option','value':" + u32(5) + "}",
                new WitType.OptionType(Primitive.U32),
                WitValue.some(WitValue.of(5)));
        var result = new WitType.ResultType(U32, Optional.empty());
        stands("{'type':'result','value':{'Ok':" + u32(5) + "}}", result, WitValue.ok(WitValue.of(5)));
        stands("{'type':'result','value':{'Err':null}}", result, WitValue.error());
    }

    @Test
    void a_value_of_another_type_is_a_mismatch() {
        isNot(u32(1), Primitive.S32);
        isNot("{'type':'list','value':[" + u32(1) + "]}", new WitType.ListType(Primitive.U8));
        isNot("{'type':'list','value':[]}", Primitive.U8);
        isNot("{'type':'tuple','value':[]}", new WitType.TupleType(List.of(Primitive.U32)));
        isNot(
                "{'type':'record','value':[['m'," + u32(7) + "]]}",
                new WitType.RecordType(List.of(new WitType.Field("n", Primitive.U32))));
        isNot("{'type':'flags','value':['c']}", new WitType.FlagsType(List.of("a")));
        isNot("{'type':'bool','value':true}", Primitive.STRING);
    }
}
