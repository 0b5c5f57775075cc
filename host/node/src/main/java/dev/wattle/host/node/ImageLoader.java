package dev.wattle.host.node;

import dev.wattle.wit.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a component's image by its reference. Files only, and only below the folder that the host was told.
final class ImageLoader {
    /// wasmCloud's limit for a component.
    static final int MAX_BYTES = 50 << 20;

    private final Optional<Path> allowed;

    /// @param allowed the folder that files may come from; no file may be loaded when absent
    ImageLoader(Optional<Path> allowed) {
        this.allowed = allowed;
    }

    /// The image cannot be had; the message says why and what to do.
    static final class ImageException extends RuntimeException {
        ImageException(String message) {
            super(message);
        }
    }

    /// @param reference `file:///absolute/path`
    ByteString load(String reference) {
        Path file = resolve(reference);
        try {
            // The real path is what is checked and what is opened: a symbolic link out of the folder is refused.
            Path real = file.toRealPath();
            if (!real.startsWith(allowedFolder(reference).toRealPath())) {
                throw new ImageException(reference + " is outside of the folder that this host may load files from ("
                        + allowedFolder(reference) + "); start it with another --allow-files");
            }
            if (!Files.isRegularFile(real)) {
                throw new ImageException(reference + " is not a file");
            }
            return read(reference, real);
        } catch (NoSuchFileException e) {
            throw new ImageException(reference + " does not exist on this host");
        } catch (IOException e) {
            throw new ImageException(reference + " cannot be read: " + e);
        }
    }

    private Path allowedFolder(String reference) {
        return allowed.orElseThrow(() ->
                new ImageException(reference + ": this host may not load files; start it with --allow-files DIR"));
    }

    private static ByteString read(String reference, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ImageException(reference + " is larger than " + MAX_BYTES + " bytes");
            }
            return ByteString.adopt(bytes);
        }
    }

    private static Path resolve(String reference) {
        int colon = reference.indexOf(':');
        String scheme = colon < 0 ? "" : reference.substring(0, colon);
        if (!scheme.equals("file")) {
            throw new ImageException("image '" + reference + "': "
                    + (scheme.isEmpty() || scheme.contains("/") || scheme.contains(".")
                            ? "OCI references are not supported yet"
                            : "the scheme '" + scheme + "' is not supported yet")
                    + "; use file:///absolute/path");
        }
        try {
            URI uri = new URI(reference);
            if (uri.isOpaque() || uri.getAuthority() != null || uri.getPath() == null) {
                throw new ImageException("image '" + reference + "' is not absolute; use file:///absolute/path");
            }
            return Path.of(uri.getPath());
        } catch (URISyntaxException e) {
            return Path.of(plainPath(reference));
        }
    }

    /// A reference with spaces and the like, as people write it.
    private static String plainPath(String reference) {
        String rest = reference.substring("file:".length());
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        if (!path.startsWith("/")) {
            throw new ImageException("image '" + reference + "' is not absolute; use file:///absolute/path");
        }
        return path;
    }
}
