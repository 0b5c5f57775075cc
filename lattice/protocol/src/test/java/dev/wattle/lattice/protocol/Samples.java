package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// Values and bytes that several tests share.
final class Samples {
    static final HostId HOST = new HostId("N" + "A".repeat(55));
    static final LatticeName LATTICE = new LatticeName("default");
    static final Link LINK = new Link(
            new WorkloadId("gateway"),
            new WorkloadId("converter"),
            LinkName.DEFAULT,
            "cyber",
            "finance",
            List.of("converter"),
            List.of(new ConfigName("a")),
            List.of());
    static final String LINK_JSON = "{\"source_id\":\"gateway\",\"target\":\"converter\",\"name\":\"default\","
            + "\"wit_namespace\":\"cyber\",\"wit_package\":\"finance\",\"interfaces\":[\"converter\"],"
            + "\"source_config\":[\"a\"],\"target_config\":[]}";
    static final HostInventory INVENTORY = new HostInventory(
            HOST,
            "calm-reed-1",
            texts("edge", "true"),
            "0.1.0",
            90,
            List.of(
                    new HostInventory.ComponentDescription(
                            new WorkloadId("converter"),
                            "file:///c.wasm",
                            Optional.of("converter"),
                            texts("k", "v"),
                            0,
                            2,
                            Optional.of(new ComponentLimits(OptionalLong.of(1024), OptionalLong.empty()))),
                    new HostInventory.ComponentDescription(
                            new WorkloadId("gateway"),
                            "file:///g.wasm",
                            Optional.empty(),
                            texts(),
                            0,
                            1,
                            Optional.empty())),
            List.of(new HostInventory.ProviderDescription(
                    new WorkloadId("http"),
                    Optional.of("wasmcloud+builtin://http-server"),
                    Optional.empty(),
                    texts(),
                    0)));
    static final String INVENTORY_JSON = "{\"host_id\":\"" + HOST + "\",\"friendly_name\":\"calm-reed-1\","
            + "\"labels\":{\"edge\":\"true\"},\"version\":\"0.1.0\",\"uptime_human\":\"1m 30s\",\"uptime_seconds\":90,"
            + "\"components\":[{\"id\":\"converter\",\"image_ref\":\"file:///c.wasm\",\"name\":\"converter\","
            + "\"annotations\":{\"k\":\"v\"},\"revision\":0,\"max_instances\":2,"
            + "\"limits\":{\"max_memory_limit\":\"1024\"}},"
            + "{\"id\":\"gateway\",\"image_ref\":\"file:///g.wasm\",\"annotations\":{},\"revision\":0,"
            + "\"max_instances\":1,\"limits\":null}],"
            + "\"providers\":[{\"id\":\"http\",\"image_ref\":\"wasmcloud+builtin://http-server\",\"revision\":0,"
            + "\"annotations\":{}}]}";

    private Samples() {}

    static SortedMap<String, String> texts(String... keysAndValues) {
        var map = new TreeMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static ByteString utf8(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteString bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
