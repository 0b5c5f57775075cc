package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.Engine;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/// Where the engine's own classes are: what another process needs on its class path.
public final class CodePath {
    private CodePath() {}

    /// Jars and folders, each once, the engine's first; empty when they are not in files, as in some embeddings.
    public static List<Path> own() {
        List<Path> path = new ArrayList<>();
        for (Class<?> type : List.of(CodePath.class, Engine.class)) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            try {
                if (source == null || !"file".equals(source.getLocation().getProtocol())) {
                    return List.of();
                }
                Path place = Path.of(source.getLocation().toURI());
                if (!Files.isReadable(place)) {
                    return List.of();
                }
                if (!path.contains(place)) {
                    path.add(place);
                }
            } catch (URISyntaxException | IllegalArgumentException | SecurityException e) {
                return List.of();
            }
        }
        return List.copyOf(path);
    }
}
