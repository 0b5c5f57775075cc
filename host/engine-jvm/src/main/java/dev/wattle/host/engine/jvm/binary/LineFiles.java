package dev.wattle.host.engine.jvm.binary;

/// The files of a line number program, as positions of their names in the binary: a unit can repeat a long name for
/// four bytes each.
final class LineFiles {
    static final int NONE = -1;

    /// Longer paths are cut.
    private static final int MAX_PATH_BYTES = 1_000;

    private final Input binary;
    private final IntList directories = new IntList();
    private final IntList files = new IntList();
    private final IntList directoriesOfFiles = new IntList();

    /// @param binary any cursor over the module
    LineFiles(Input binary) {
        this.binary = binary;
    }

    void addDirectory(int path) {
        directories.add(path);
    }

    /// @param directory its number, or any other when there is none
    void addFile(int path, long directory) {
        files.add(path);
        directoriesOfFiles.add(directory >= 0 && directory < directories.size() ? (int) directory : NONE);
    }

    /// The path of a file, with its directory unless it is absolute.
    String path(int file) {
        if (file < 0 || file >= files.size() || files.get(file) == NONE) {
            return "?";
        }
        String path = text(files.get(file));
        int directory = directoriesOfFiles.get(file);
        boolean relative = directory != NONE && directories.get(directory) != NONE && !path.startsWith("/");
        return relative ? text(directories.get(directory)) + "/" + path : path;
    }

    private String text(int start) {
        return binary.terminatedText(start, MAX_PATH_BYTES);
    }
}
