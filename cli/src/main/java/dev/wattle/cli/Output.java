package dev.wattle.cli;

import java.io.PrintWriter;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a command says things: the answer on stdout, once; everything else on stderr.
///
/// @param colours may text be coloured
record Output(PrintWriter out, PrintWriter err, OutputFormat format, boolean colours) {
    /// The answer, in the format that was asked for.
    ///
    /// @param json without `success`, which comes first
    /// @param text with or without a newline at its end
    void answer(ObjectNode json, String text) {
        switch (format) {
            case JSON -> out.println(Json.compact(succeeded(json)));
            case TEXT -> {
                if (!text.isEmpty()) {
                    out.print(text.endsWith("\n") ? text : text + "\n");
                }
            }
        }
        out.flush();
    }

    /// The answer in JSON as it is.
    void plainAnswer(JsonNode json, String text) {
        switch (format) {
            case JSON -> out.println(Json.compact(json));
            case TEXT -> out.println(text);
        }
        out.flush();
    }

    private static ObjectNode succeeded(ObjectNode json) {
        ObjectNode whole = Json.object();
        whole.put("success", true);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            whole.set(field.getKey(), field.getValue());
        }
        return whole;
    }

    /// What the caller may want to know meanwhile.
    void note(String text) {
        err.println("wattle: " + text);
        err.flush();
    }

    /// Why there is no answer. Scripts get it as JSON too.
    void failure(String message) {
        if (format == OutputFormat.JSON) {
            ObjectNode json = Json.object();
            json.put("success", false);
            json.put("error", message);
            out.println(Json.compact(json));
            out.flush();
        }
        note(message);
    }
}
