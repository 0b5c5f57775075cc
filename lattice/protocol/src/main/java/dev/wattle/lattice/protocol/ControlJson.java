package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.SortedMap;

/// The answers and payloads of the control interface that are plain lists and maps.
public final class ControlJson {
    private ControlJson() {}

    /// The answer to `link.get`.
    public static ByteString writeLinks(List<Link> links) {
        var list = Json.array();
        links.forEach(link -> list.add(LinkJson.write(link)));
        return Json.write(list);
    }

    /// Reads the answer to `link.get`.
    ///
    /// @throws ProtocolException when it is something else
    public static List<Link> readLinks(ByteString json) {
        return JsonObject.elements(
                "$", Json.parse(json), (where, element) -> LinkJson.read(new JsonObject(where, element)));
    }

    /// Strings by name: a configuration, a label set, a value of `CONFIGDATA`.
    public static ByteString writeTexts(SortedMap<String, String> texts) {
        return Json.write(Json.textMap(texts));
    }

    /// Reads an object of strings.
    ///
    /// @throws ProtocolException when it is something else
    public static SortedMap<String, String> readTexts(ByteString json) {
        return JsonObject.textMap("$", Json.parse(json));
    }

    /// The answer to `claims.get`.
    public static ByteString writeClaims(List<SortedMap<String, String>> claims) {
        var list = Json.array();
        claims.forEach(claim -> list.add(Json.textMap(claim)));
        return Json.write(list);
    }

    /// Reads the answer to `claims.get`.
    ///
    /// @throws ProtocolException when it is something else
    public static List<SortedMap<String, String>> readClaims(ByteString json) {
        return JsonObject.elements("$", Json.parse(json), JsonObject::textMap);
    }
}
