package dev.wattle.cli;

import java.nio.file.Path;

/// Where an image is, as a caller writes it and as hosts read it.
final class ImageReference {
    private static final String FILE = "file:";

    private ImageReference() {}

    /// `file:relative` and `file:/absolute` as `file:///absolute`; all else as it is.
    ///
    /// @param folder that relative names are below
    static String absolute(String reference, Path folder) {
        if (!reference.startsWith(FILE)) {
            return reference;
        }
        String path = reference.substring(FILE.length());
        if (path.startsWith("///")) {
            path = path.substring(2);
        }
        return FILE + "//" + folder.resolve(path).toAbsolutePath().normalize();
    }
}
