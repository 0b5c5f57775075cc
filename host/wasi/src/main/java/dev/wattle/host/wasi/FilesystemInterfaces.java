package dev.wattle.host.wasi;

import dev.wattle.host.component.HostResource;
import dev.wattle.wit.WitValue;
import java.util.List;

/// `wasi:filesystem`, of which nothing is granted: programs import it, find no directory, and go on.
///
/// No descriptor can come to a guest, so no method can be called; should one be, it answers `access`.
final class FilesystemInterfaces {
    static final HostResource DESCRIPTOR = HostObject.resource("descriptor");
    static final HostResource DIRECTORY_ENTRY_STREAM = HostObject.resource("directory-entry-stream");

    private static final WitValue ACCESS = WitValue.error(new WitValue.EnumValue("access"));

    static final InterfaceTable TYPES = InterfaceTable.builder()
            .resource("descriptor", DESCRIPTOR)
            .resource("directory-entry-stream", DIRECTORY_ENTRY_STREAM)
            .resource("input-stream", IoInterfaces.INPUT_STREAM)
            .resource("output-stream", IoInterfaces.OUTPUT_STREAM)
            .resource("error", IoInterfaces.ERROR)
            .answer(
                    ACCESS,
                    List.of(
                            "[method]descriptor.read-via-stream/2",
                            "[method]descriptor.write-via-stream/2",
                            "[method]descriptor.append-via-stream/1",
                            "[method]descriptor.advise/4",
                            "[method]descriptor.sync-data/1",
                            "[method]descriptor.get-flags/1",
                            "[method]descriptor.get-type/1",
                            "[method]descriptor.set-size/2",
                            "[method]descriptor.set-times/3",
                            "[method]descriptor.read/3",
                            "[method]descriptor.write/3",
                            "[method]descriptor.read-directory/1",
                            "[method]descriptor.sync/1",
                            "[method]descriptor.create-directory-at/2",
                            "[method]descriptor.stat/1",
                            "[method]descriptor.stat-at/3",
                            "[method]descriptor.set-times-at/5",
                            "[method]descriptor.link-at/5",
                            "[method]descriptor.open-at/5",
                            "[method]descriptor.readlink-at/2",
                            "[method]descriptor.remove-directory-at/2",
                            "[method]descriptor.rename-at/4",
                            "[method]descriptor.symlink-at/3",
                            "[method]descriptor.unlink-file-at/2",
                            "[method]descriptor.metadata-hash/1",
                            "[method]descriptor.metadata-hash-at/3",
                            "[method]directory-entry-stream.read-directory-entry/1"))
            .answer(WitValue.of(false), List.of("[method]descriptor.is-same-object/2"))
            .answer(WitValue.none(), List.of("filesystem-error-code/1"))
            .build();

    static final InterfaceTable PREOPENS = InterfaceTable.builder()
            .resource("descriptor", DESCRIPTOR)
            .answer(WitValue.list(List.of()), List.of("get-directories/0"))
            .build();

    private FilesystemInterfaces() {}
}
