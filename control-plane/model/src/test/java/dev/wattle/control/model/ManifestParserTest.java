package dev.wattle.control.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.control.model.ManifestParser.Checked;
import dev.wattle.control.model.ManifestParser.Format;
import dev.wattle.control.model.Problem.Code;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ManifestParserTest {
    private static final String WHOLE = """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata:
              name: Shop-1
              annotations:
                version: v0.0.1
                description: sells things
              labels:
                example.org/team: red
            spec:
              components:
                - name: web.ui
                  type: actor
                  properties:
                    image: ghcr.io/shop/ui:1
                    config:
                      - name: colours
                        properties: {back: "#fff"}
                      - name: shared_by_others
                  traits:
                    - type: spreadscaler
                      properties:
                        replicas: 7
                        spread:
                          - name: eu
                            requirements: {zone: eu-1}
                            weight: 80
                          - name: us
                            requirements: {zone: us-1}
                    - type: example.org/autoscale
                      properties: {max: 10, hot: true, ratio: 0.5, names: [a, b], nothing: null}
                    - type: link
                      properties:
                        target: kv
                        namespace: wasi
                        package: keyvalue
                        interfaces: [store, atomics]
                        target_config:
                          - name: redis
                            properties: {url: "redis://localhost"}
                - name: kv
                  type: capability
                  properties:
                    id: shared-kv
                    image: ghcr.io/wasmcloud/keyvalue-redis:0.28
                  traits:
                    - type: daemonscaler
                      properties: {instances: 1}
                    - type: link
                      properties:
                        name: back
                        target: {name: web.ui, config: [{name: keys, properties: {a: b}}]}
                        source: {config: [{name: from_lattice}]}
                        namespace: wasi
                        package: keyvalue
                        interfaces: [watcher]
              policies:
                - name: vault
                  type: policy.secret.wasmcloud.dev/v1alpha1
                  properties: {backend: vault-prod}
            """;

    private static Checked check(String text) {
        return ManifestParser.check("m.yaml", text.getBytes(StandardCharsets.UTF_8), Format.ANY);
    }

    private static Manifest parse(String text) {
        return ManifestParser.parse("m.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_part_of_a_manifest_is_read() {
        Manifest manifest = parse(WHOLE);
        assertThat(manifest.name()).isEqualTo(new AppName("Shop-1"));
        assertThat(manifest.version()).contains(new ManifestVersion("v0.0.1"));
        assertThat(manifest.description()).contains("sells things");
        assertThat(manifest.labels()).containsEntry("example.org/team", "red");
        Workload web = manifest.workloads().get(0);
        assertThat(web.kind()).isEqualTo(Workload.Kind.COMPONENT);
        assertThat(manifest.idOf(web)).isEqualTo(new WorkloadId("shop_1-web_ui"));
        assertThat(web.config())
                .map(manifest::nameOf)
                .containsExactly(new ConfigName("shop_1-colours"), new ConfigName("shared_by_others"));
        var scaler = (Trait.SpreadScaler) web.scaler().orElseThrow();
        assertThat(scaler.instances()).isEqualTo(7);
        assertThat(scaler.spread()).map(Trait.Spread::weight).containsExactly(80, 100);
        assertThat(web.traits())
                .contains(new Trait.Custom(
                        "example.org/autoscale",
                        "{\"max\":10,\"hot\":true,\"ratio\":0.5,\"names\":[\"a\",\"b\"],\"nothing\":null}"));
        Trait.LinkTo legacy = web.links().getFirst();
        assertThat(legacy.target()).isEqualTo("kv");
        assertThat(legacy.targetEnd().config()).map(Manifest.ConfigUse::name).containsExactly("redis");
        Workload kv = manifest.workloads().get(1);
        assertThat(manifest.idOf(kv)).isEqualTo(new WorkloadId("shared-kv"));
        assertThat(kv.scaler()).containsInstanceOf(Trait.DaemonScaler.class);
        assertThat(kv.links().getFirst().sourceEnd().config().getFirst().properties())
                .isEmpty();
        assertThat(manifest.policies())
                .containsExactly(new Manifest.Policy(
                        "vault",
                        "policy.secret.wasmcloud.dev/v1alpha1",
                        new TreeMap<>(java.util.Map.of("backend", "vault-prod"))));
    }

    @Test
    void a_trait_that_nobody_knows_is_told_as_a_warning() {
        assertThat(check(WHOLE).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.UNKNOWN_TRAIT));
    }

    @Test
    void what_is_written_is_read_back_equal_and_canonical() {
        Manifest manifest = parse(WHOLE);
        byte[] json = ManifestWriter.write(manifest).toArray();
        Manifest again = ManifestParser.parse("m.json", json, Format.JSON);
        assertThat(again).isEqualTo(manifest);
        assertThat(ManifestWriter.write(again).toArray()).isEqualTo(json);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .doesNotContain("\n")
                .doesNotContain("\": ");
    }

    @Test
    void yaml_and_json_of_the_same_manifest_are_equal() {
        String json = new String(ManifestWriter.write(parse(WHOLE)).toArray(), StandardCharsets.UTF_8);
        assertThat(ManifestParser.parse("x", json.getBytes(StandardCharsets.UTF_8), Format.YAML))
                .isEqualTo(parse(WHOLE));
    }

    @Test
    void the_demo_application_is_a_good_manifest() throws Exception {
        Path file = Path.of(System.getProperty("wattle.home", "../.."), "wadm-manifests", "payments.yaml");
        Checked checked = ManifestParser.check("payments.yaml", Files.readAllBytes(file), Format.ANY);
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.manifest().orElseThrow().workloads()).hasSize(4);
    }

    @Test
    void all_problems_are_told_at_once_in_the_order_of_the_text() {
        Checked checked = check("""
                apiVersion: core.oam.dev/v1
                kind: Aplication
                metadata:
                  name: my app
                spec:
                  component: []
                """);
        assertThat(checked.manifest()).isEqualTo(Optional.empty());
        assertThat(checked.problems())
                .map(Problem::toString)
                .containsExactly(
                        "m.yaml:1:13: apiVersion: expected 'core.oam.dev/v1beta1', found 'core.oam.dev/v1'",
                        "m.yaml:2:7: kind: expected 'Application', found 'Aplication'",
                        "m.yaml:4:3: metadata: the field 'annotations' is missing",
                        "m.yaml:4:9: metadata.name: an application's name is 1..120 of letters, digits, '_' and '-', found 'my app'",
                        "m.yaml:6:3: spec: the field 'components' is missing; is 'component' meant to be it?",
                        "m.yaml:6:3: spec: unknown field 'component'; expected policies, components; did you mean 'components'?");
        assertThatThrownBy(() -> parse("kind: 1"))
                .isInstanceOfSatisfying(
                        ManifestException.class,
                        failure -> assertThat(failure.problems()).hasSizeGreaterThan(3));
    }

    @Test
    void an_anchor_may_be_used_again() {
        Manifest manifest = parse("""
                apiVersion: core.oam.dev/v1beta1
                kind: Application
                metadata: {name: a, annotations: {}}
                spec:
                  components:
                    - name: one
                      type: component
                      properties: {image: x}
                      traits: &two
                        - {type: spreadscaler, properties: {instances: 2}}
                    - name: two
                      type: component
                      properties: {image: y}
                      traits: *two
                """);
        assertThat(manifest.workloads().get(1).traits())
                .isEqualTo(manifest.workloads().get(0).traits());
    }

    @Test
    void an_alias_bomb_is_refused_at_once() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append("*a%d,".formatted(i - 1).repeat(10)).append("]\n");
        }
        assertThat(check(bomb.toString()).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.ALIASES);
            assertThat(problem.message()).contains("aliases unfold");
        });
    }

    @Test
    void a_deep_text_exhausts_no_stack() {
        for (String text : new String[] {"[".repeat(100_000), "{a: ".repeat(50_000), "- ".repeat(60_000)}) {
            assertThat(check(text).problems()).hasSize(1);
        }
        String json = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
        assertThat(check(json).problems()).map(Problem::code).containsExactly(Code.TOO_DEEP);
    }

    @Test
    void any_damage_gives_problems_or_a_manifest_and_nothing_else() {
        byte[] good = WHOLE.getBytes(StandardCharsets.UTF_8);
        Gen.check(2000, gen -> {
            byte[] bytes = good.clone();
            for (int i = gen.intBetween(1, 4); i > 0; i--) {
                bytes[gen.intBetween(0, bytes.length - 1)] = (byte) gen.intBetween(-128, 127);
            }
            Checked checked = ManifestParser.check("m", bytes, gen.oneOf(java.util.List.of(Format.values())));
            if (checked.manifest().isEmpty()) {
                assertThat(checked.problems()).isNotEmpty();
            } else {
                Manifest manifest = checked.manifest().get();
                assertThat(ManifestParser.parse(
                                "m", ManifestWriter.write(manifest).toArray()))
                        .isEqualTo(manifest);
            }
        });
    }
}
