package dev.wattle.control.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.control.model.ManifestParser.Format;
import dev.wattle.control.model.Problem.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One good manifest, changed in one place: the one thing that is wrong, where it stands, what is said of it.
final class BadManifestTest {
    private static final String GOOD = """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata:
              name: shop
              annotations: {}
            spec:
              components:
                - name: web
                  type: component
                  properties:
                    image: ghcr.io/shop/web:1
                  traits:
                    - type: spreadscaler
                      properties:
                        instances: 2
                    - type: link
                      properties:
                        namespace: wasi
                        package: keyvalue
                        interfaces: [store]
                        target:
                          name: kv
                - name: kv
                  type: capability
                  properties:
                    image: ghcr.io/shop/kv:1
            """;

    record Row(String name, String from, String to, Code code, String place, String fragment) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, String from, String to, Code code, String place, String fragment) {
        return new Row(name, from, to, code, place, fragment);
    }

    static Stream<Row> structure() {
        return Stream.of(
                row("empty", GOOD, "", Code.SYNTAX, "1:1", "the text is empty"),
                row("only a comment", GOOD, "# nothing\n", Code.SYNTAX, "1:1", "the text is empty"),
                row("a list", GOOD, "- a\n", Code.WRONG_TYPE, "1:1", "expected a mapping, found a list"),
                row("a text", GOOD, "hello", Code.WRONG_TYPE, "1:1", "expected a mapping, found the text 'hello'"),
                row("unclosed bracket", "[store]", "[store", Code.SYNTAX, "21:19", "not YAML"),
                row("tab", "  name: shop", "\tname: shop", Code.SYNTAX, "4:1", "not YAML"),
                row(
                        "two documents",
                        "kind: Application",
                        "kind: Application\n---\na: b",
                        Code.SYNTAX,
                        "4:1",
                        "second document"),
                row(
                        "duplicate key",
                        "kind: Application",
                        "kind: Application\nkind: Application",
                        Code.DUPLICATE_KEY,
                        "3:1",
                        "the first is at line 2"),
                row(
                        "merge key",
                        "annotations: {}",
                        "annotations: {}\n  <<: {a: b}",
                        Code.UNKNOWN_FIELD,
                        "6:3",
                        "merge keys"),
                row(
                        "key that is a list",
                        "annotations: {}",
                        "annotations: {}\n  ? [a]\n  : b",
                        Code.WRONG_TYPE,
                        "6:5",
                        "a key must be text"),
                row("undefined alias", "name: shop", "name: *shop", Code.ALIASES, "4:9", "names no anchor above"),
                row(
                        "alias of itself",
                        "annotations: {}",
                        "annotations: &a {b: *a}",
                        Code.ALIASES,
                        "5:23",
                        "inside of what it names"),
                row("top field", "spec:", "status: ok\nspec:", Code.UNKNOWN_FIELD, "6:1", "unknown field 'status'"),
                row(
                        "api version",
                        "core.oam.dev/v1beta1",
                        "v1",
                        Code.BAD_VALUE,
                        "1:13",
                        "expected 'core.oam.dev/v1beta1'"),
                row("kind", "Application", "Deployment", Code.BAD_VALUE, "2:7", "expected 'Application'"),
                row("no annotations", "  annotations: {}\n", "", Code.MISSING_FIELD, "4:3", "'annotations' is missing"),
                row("name with a space", "name: shop", "name: my shop", Code.BAD_NAME, "4:9", "an application's name"),
                row("name with a dot", "name: shop", "name: shop.io", Code.BAD_NAME, "4:9", "an application's name"),
                row(
                        "name that is a number",
                        "name: shop",
                        "name: 12",
                        Code.WRONG_TYPE,
                        "4:9",
                        "write it in quotes: \"12\""),
                row(
                        "version latest",
                        "annotations: {}",
                        "annotations: {version: latest}",
                        Code.BAD_VALUE,
                        "5:16",
                        "not 'latest'"),
                row(
                        "version number",
                        "annotations: {}",
                        "annotations: {version: 1.0}",
                        Code.WRONG_TYPE,
                        "5:26",
                        "write it in quotes: \"1.0\""),
                row(
                        "annotation key",
                        "annotations: {}",
                        "annotations: {'a b': c}",
                        Code.BAD_NAME,
                        "5:16",
                        "a key is '[domain/]name'"),
                row(
                        "label key",
                        "annotations: {}",
                        "annotations: {}\n  labels: {-a: b}",
                        Code.BAD_NAME,
                        "6:11",
                        "found '-a'"),
                row(
                        "unknown metadata",
                        "annotations: {}",
                        "annotations: {}\n  lables: {}",
                        Code.UNKNOWN_FIELD,
                        "6:3",
                        "did you mean 'labels'?"),
                row(
                        "components as mapping",
                        "components:\n",
                        "components: {}\n  policies:\n",
                        Code.WRONG_TYPE,
                        "7:15",
                        "expected a list"));
    }

    static Stream<Row> components() {
        return Stream.of(
                row(
                        "component typo",
                        "image: ghcr.io/shop/kv:1",
                        "imagee: ghcr.io/shop/kv:1",
                        Code.UNKNOWN_FIELD,
                        "26:9",
                        "did you mean 'image'?"),
                row(
                        "kind of component",
                        "type: capability",
                        "type: provider",
                        Code.BAD_VALUE,
                        "24:13",
                        "did you mean 'capability'?"),
                row("no type", "      type: component\n", "", Code.MISSING_FIELD, "8:7", "'type' is missing"),
                row(
                        "no properties",
                        "\n      properties:\n        image: ghcr.io/shop/kv:1",
                        "",
                        Code.MISSING_FIELD,
                        "23:7",
                        "'properties' is missing"),
                row(
                        "empty image",
                        "image: ghcr.io/shop/kv:1",
                        "image: \"\"",
                        Code.BAD_VALUE,
                        "26:16",
                        "must not be empty"),
                row(
                        "same name",
                        "name: kv\n      type: c",
                        "name: web\n      type: c",
                        Code.DUPLICATE_NAME,
                        "23:13",
                        "the first is at line 8"),
                row(
                        "same id of names",
                        "name: kv\n      type: c",
                        "name: WEB\n      type: c",
                        Code.DUPLICATE_ID,
                        "23:13",
                        "'shop-web' is taken"),
                row(
                        "same id",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        id: shop-web",
                        Code.DUPLICATE_ID,
                        "27:13",
                        "give one of them another 'id'"),
                row(
                        "id with a dot",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        id: a.b",
                        Code.BAD_NAME,
                        "27:13",
                        "an id is 1..255"),
                row(
                        "image and application",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        application: {name: a, component: b}",
                        Code.BAD_VALUE,
                        "26:9",
                        "has both"),
                row(
                        "shared application",
                        "image: ghcr.io/shop/kv:1",
                        "application: {name: a, component: b}",
                        Code.UNSUPPORTED,
                        "26:22",
                        "shared applications are not supported yet"),
                row(
                        "secret",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        secrets: [{name: s, properties: {policy: p, key: k}}]",
                        Code.UNSUPPORTED,
                        "27:19",
                        "secrets are not supported yet"),
                row(
                        "unknown policy",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        secrets: [{name: s, properties: {policy: p, key: k}}]",
                        Code.UNKNOWN_POLICY,
                        "27:50",
                        "no policy of type"),
                row(
                        "policy without backend",
                        "spec:",
                        "spec:\n  policies: [{name: p, type: policy.secret.wasmcloud.dev/v1alpha1, properties: {}}]",
                        Code.MISSING_FIELD,
                        "7:14",
                        "'backend'"),
                row(
                        "config value",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        config: [{name: c, properties: {port: 8080}}]",
                        Code.WRONG_TYPE,
                        "27:47",
                        "write it in quotes: \"8080\""),
                row(
                        "config twice",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        config: [{name: c}, {name: c}]",
                        Code.DUPLICATE_CONFIG,
                        "27:36",
                        "in this list twice"),
                row(
                        "config with a dot",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        config: [{name: c.d}]",
                        Code.BAD_NAME,
                        "27:25",
                        "names are letters"),
                row(
                        "config defined twice",
                        "image: ghcr.io/shop/kv:1",
                        "image: x\n        config: [{name: c, properties: {a: b}}, {name: C, properties: {a: c}}]",
                        Code.DUPLICATE_CONFIG,
                        "27:56",
                        "with other values"));
    }

    static Stream<Row> traits() {
        return Stream.of(
                row(
                        "instances typo",
                        "instances: 2",
                        "instance: 2",
                        Code.UNKNOWN_FIELD,
                        "15:13",
                        "did you mean 'instances'?"),
                row(
                        "instances text",
                        "instances: 2",
                        "instances: two",
                        Code.WRONG_TYPE,
                        "15:24",
                        "expected a whole number"),
                row(
                        "instances quoted",
                        "instances: 2",
                        "instances: \"2\"",
                        Code.WRONG_TYPE,
                        "15:24",
                        "expected a whole number"),
                row(
                        "instances negative",
                        "instances: 2",
                        "instances: -1",
                        Code.BAD_VALUE,
                        "15:24",
                        "expected 0 to 1000000"),
                row(
                        "instances huge",
                        "instances: 2",
                        "instances: 99999999999999999999",
                        Code.BAD_VALUE,
                        "15:24",
                        "expected 0 to 1000000"),
                row(
                        "instances fraction",
                        "instances: 2",
                        "instances: 1.5",
                        Code.WRONG_TYPE,
                        "15:24",
                        "expected a whole number"),
                row(
                        "both names",
                        "instances: 2",
                        "instances: 2\n            replicas: 2",
                        Code.DUPLICATE_KEY,
                        "15:13",
                        "the old name of 'instances'"),
                row(
                        "no requirements",
                        "instances: 2",
                        "instances: 2\n            spread: [{name: a}]",
                        Code.MISSING_FIELD,
                        "16:22",
                        "'requirements' is missing"),
                row(
                        "requirement true",
                        "instances: 2",
                        "instances: 2\n            spread: [{name: a, requirements: {edge: true}}]",
                        Code.WRONG_TYPE,
                        "16:53",
                        "write it in quotes: \"true\""),
                row(
                        "weights of nothing",
                        "instances: 2",
                        "instances: 2\n            spread: [{name: a, requirements: {}, weight: 0}]",
                        Code.BAD_VALUE,
                        "15:13",
                        "all weights are 0"),
                row(
                        "two scalers",
                        "- type: link",
                        "- type: daemonscaler\n          properties: {instances: 1}\n        - type: link",
                        Code.DUPLICATE_SCALER,
                        "16:17",
                        "the first is at line 13"),
                row(
                        "trait without type",
                        "- type: spreadscaler",
                        "- typ: spreadscaler",
                        Code.MISSING_FIELD,
                        "13:11",
                        "is 'typ' meant to be it?"),
                row(
                        "dangling link",
                        "name: kv\n    - name",
                        "name: kw\n    - name",
                        Code.UNKNOWN_TARGET,
                        "22:21",
                        "did you mean 'kv'?"),
                row(
                        "no interfaces",
                        "interfaces: [store]",
                        "interfaces: []",
                        Code.BAD_VALUE,
                        "18:13",
                        "one interface or more"),
                row(
                        "interface with version",
                        "[store]",
                        "[store@0.2.0]",
                        Code.BAD_NAME,
                        "20:26",
                        "leave the version out"),
                row("interfaces as text", "[store]", "store", Code.WRONG_TYPE, "20:25", "expected a list"),
                row(
                        "link twice",
                        "[store]",
                        "[store, store]",
                        Code.DUPLICATE_LINK,
                        "20:33",
                        "one name leads to one target"),
                row(
                        "link name",
                        "package: keyvalue",
                        "package: keyvalue\n            name: a.b",
                        Code.BAD_NAME,
                        "20:19",
                        "a link's name"),
                row(
                        "old and new",
                        "package: keyvalue",
                        "package: keyvalue\n            target_config: [{name: x}]",
                        Code.DUPLICATE_KEY,
                        "18:13",
                        "the old form of 'target.config'"),
                row(
                        "target without name",
                        "              name: kv\n",
                        "              nam: kv\n",
                        Code.MISSING_FIELD,
                        "22:15",
                        "is 'nam' meant to be it?"),
                row(
                        "link secret",
                        "              name: kv\n",
                        "              name: kv\n              secrets: [{name: s, properties: {policy: p, key: k}}]\n",
                        Code.UNSUPPORTED,
                        "23:25",
                        "not supported yet"));
    }

    @ParameterizedTest
    @MethodSource({"structure", "components", "traits"})
    void a_mistake_is_told_with_its_place(Row row) {
        assertThat(GOOD).contains(row.from());
        int at = GOOD.indexOf(row.from());
        String text = GOOD.substring(0, at)
                + row.to()
                + GOOD.substring(at + row.from().length());
        var checked = ManifestParser.check("m", text.getBytes(StandardCharsets.UTF_8), Format.YAML);
        assertThat(checked.manifest()).isEmpty();
        List<Problem> problems = checked.problems();
        assertThat(problems).as("%s", problems).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(row.code());
            assertThat(problem.place()).hasToString(row.place());
            assertThat(problem.toString()).contains(row.fragment());
        });
    }

    @org.junit.jupiter.api.Test
    void the_unchanged_manifest_is_good() {
        var checked = ManifestParser.check("m", GOOD.getBytes(StandardCharsets.UTF_8), Format.YAML);
        assertThat(checked.problems()).isEmpty();
    }
}
