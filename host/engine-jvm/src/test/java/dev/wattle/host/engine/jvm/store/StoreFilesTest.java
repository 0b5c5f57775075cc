package dev.wattle.host.engine.jvm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattle.host.engine.jvm.code.ClassSource;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import dev.wattle.testkit.Eventually;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class StoreFilesTest {
    private static final String IDENTITY = "engine 1 of tests\n";
    private static final StoreKey KEY = StoreKey.of(IDENTITY, "abcd", CodeOptions.LAZY);

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("classes");
    }

    private StoreFiles files(long maxBytes) throws IOException {
        return new StoreFiles(OwnedFolder.open(folder()), maxBytes);
    }

    private StoreFiles files() throws IOException {
        return files(1 << 20);
    }

    private static byte[] content(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SortedMap<String, Pack.Item> classes(String... names) {
        SortedMap<String, Pack.Item> items = new TreeMap<>();
        for (String name : names) {
            items.put(name, Pack.Item.of(content("class file of " + name)));
        }
        return items;
    }

    private static void assertHas(Pack pack, String name) {
        assertThat(pack.find(name)).as(name).isEqualTo(content("class file of " + name));
    }

    private static Pack kept(StoreFiles files) {
        return Objects.requireNonNull(files.open(KEY), "no pack");
    }

    private static long count(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> each.toString().endsWith(suffix)).count();
        }
    }

    @Test
    void what_was_added_is_found_again() throws IOException {
        files().add(KEY, classes("w.a.F1", "w.a.F2"));
        files().add(KEY, classes("w.a.F2", "w.a.F3"));
        Pack pack = kept(files());
        assertHas(pack, "w.a.F1");
        assertHas(pack, "w.a.F2");
        assertHas(pack, "w.a.F3");
        assertThat(pack.find("w.a.F4")).isNull();
    }

    @Test
    void a_large_class_is_written_as_a_whole() throws IOException {
        byte[] large = new byte[3 << 20];
        Arrays.fill(large, (byte) 7);
        SortedMap<String, Pack.Item> items = classes("w.a.F1", "w.a.F3");
        items.put("w.a.F2", Pack.Item.of(large));
        files(16 << 20).add(KEY, items);
        Pack pack = kept(files());
        assertThat(pack.find("w.a.F2")).isEqualTo(large);
        assertHas(pack, "w.a.F1");
        assertHas(pack, "w.a.F3");
    }

    @Test
    void every_byte_that_is_damaged_is_noticed() throws IOException {
        files().add(KEY, classes("w.a.F1", "w.a.F2"));
        byte[] whole = Files.readAllBytes(folder().resolve(KEY.fileName()));
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            Pack pack = Pack.parse(ByteBuffer.wrap(damaged), KEY);
            if (pack == null) {
                continue;
            }
            int found = 0;
            for (String name : new String[] {"w.a.F1", "w.a.F2"}) {
                byte[] bytes = pack.find(name);
                if (bytes != null) {
                    assertHas(pack, name);
                    found++;
                } else {
                    assertThat(pack.has(name)).isFalse();
                }
            }
            assertThat(found).as("classes left after byte %d was damaged", i).isEqualTo(1);
        }
    }

    @Test
    void every_other_length_is_noticed() throws IOException {
        files().add(KEY, classes("w.a.F1", "w.a.F2"));
        byte[] whole = Files.readAllBytes(folder().resolve(KEY.fileName()));
        for (int length = 0; length < whole.length; length++) {
            assertThat(Pack.parse(ByteBuffer.wrap(whole, 0, length).slice(), KEY))
                    .isNull();
        }
        assertThat(Pack.parse(ByteBuffer.wrap(Arrays.copyOf(whole, whole.length + 1)), KEY))
                .isNull();
    }

    @Test
    void a_damaged_class_is_replaced_by_the_next_that_is_added() throws IOException {
        files().add(KEY, classes("w.a.F1", "w.a.F2"));
        Path path = folder().resolve(KEY.fileName());
        byte[] whole = Files.readAllBytes(path);
        whole[whole.length - 1] ^= 1;
        Files.write(path, whole);
        assertThat(kept(files()).find("w.a.F2")).isNull();
        files().add(KEY, classes("w.a.F2"));
        assertHas(kept(files()), "w.a.F2");
        assertHas(kept(files()), "w.a.F1");
    }

    @Test
    void a_file_that_is_no_pack_is_replaced() throws IOException {
        files().add(KEY, classes("w.a.F1"));
        Files.write(folder().resolve(KEY.fileName()), new byte[100]);
        assertThat(files().open(KEY)).isNull();
        files().add(KEY, classes("w.a.F1"));
        assertHas(kept(files()), "w.a.F1");
    }

    @Test
    void another_engine_jdk_module_or_kind_of_code_finds_nothing() throws IOException {
        files().add(KEY, classes("w.a.F1"));
        for (StoreKey other : new StoreKey[] {
            StoreKey.of("engine 2 of tests\n", "abcd", CodeOptions.LAZY),
            StoreKey.of(IDENTITY, "abce", CodeOptions.LAZY),
            StoreKey.of(IDENTITY, "abcd", CodeOptions.LAZY.withCards(true)),
            StoreKey.of(IDENTITY, "abcd", CodeOptions.SPLIT),
        }) {
            assertThat(files().open(other)).isNull();
            Files.copy(folder().resolve(KEY.fileName()), folder().resolve(other.fileName()));
            assertThat(files().open(other)).as("a pack under another's name").isNull();
        }
    }

    @Test
    void when_functions_are_compiled_makes_no_difference() {
        assertThat(StoreKey.of(IDENTITY, "abcd", CodeOptions.EAGER)).isEqualTo(KEY);
    }

    @Test
    void only_the_owner_can_read_what_is_written() throws IOException {
        files().add(KEY, classes("w.a.F1"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve(KEY.fileName()))))
                .isEqualTo("rw-------");
        assertThat(count(folder(), StoreFiles.TEMPORARY)).isZero();
    }

    @Test
    void a_folder_that_others_can_change_is_refused() throws IOException {
        files();
        for (String open : new String[] {"rwxrwx---", "rwx----w-"}) {
            Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString(open));
            assertThatIllegalArgumentException()
                    .isThrownBy(this::files)
                    .withMessageContaining("can be changed by others")
                    .withMessageContaining("chmod 700");
        }
    }

    /// Only root can give files away; others have the root folder, which is not theirs.
    @Test
    void a_folder_of_somebody_else_is_refused() throws IOException {
        Path others = Path.of("/");
        if (Files.getOwner(others).equals(Files.getOwner(temporary))) {
            others = giveAway(Files.createDirectory(folder()));
        }
        Path folder = others;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnedFolder.open(folder))
                .withMessageContaining("belongs to");
    }

    @Test
    void a_pack_of_somebody_else_is_not_read() throws IOException {
        assumeTrue(Files.getOwner(temporary).equals(Files.getOwner(Path.of("/"))), "only root can give files away");
        files().add(KEY, classes("w.a.F1"));
        giveAway(folder().resolve(KEY.fileName()));
        assertThat(files().open(KEY)).isNull();
    }

    private static Path giveAway(Path file) throws IOException {
        var nobody = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        return Files.setOwner(file, nobody);
    }

    @Test
    void a_link_to_a_folder_is_refused() throws IOException {
        Path real = Files.createDirectory(temporary.resolve("real"));
        Files.createSymbolicLink(folder(), real);
        assertThatIllegalArgumentException().isThrownBy(this::files).withMessageContaining("link");
    }

    @Test
    void a_file_is_no_folder() throws IOException {
        Files.createFile(folder());
        assertThatIllegalArgumentException().isThrownBy(this::files).withMessageContaining("is not a folder");
    }

    @Test
    void a_link_to_a_pack_is_not_followed() throws IOException {
        files().add(KEY, classes("w.a.F1"));
        Path path = folder().resolve(KEY.fileName());
        Path moved = Files.move(path, temporary.resolve("moved"));
        Files.createSymbolicLink(path, moved);
        assertThat(files().open(KEY)).isNull();
        files().add(KEY, classes("w.a.F2"));
        assertThat(Files.isSymbolicLink(path)).isFalse();
        assertThat(Files.readAllBytes(moved)).isNotEqualTo(Files.readAllBytes(path));
    }

    @Test
    void a_pack_that_others_could_write_is_not_read() throws IOException {
        files().add(KEY, classes("w.a.F1"));
        Files.setPosixFilePermissions(folder().resolve(KEY.fileName()), PosixFilePermissions.fromString("rw-rw----"));
        assertThat(files().open(KEY)).isNull();
    }

    @Test
    void packs_that_were_not_used_for_longest_go_first() throws IOException {
        long size = Pack.size(classes("w.a.F1"));
        StoreFiles files = files(3 * size);
        StoreKey[] keys = new StoreKey[4];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = StoreKey.of(IDENTITY, "module " + i, CodeOptions.LAZY);
            if (i < 3) {
                files.add(keys[i], classes("w.a.F1"));
                Files.setLastModifiedTime(
                        folder().resolve(keys[i].fileName()),
                        FileTime.from(Instant.now().minus(Duration.ofDays(10 - i))));
            }
        }
        assertThat(files.open(keys[0])).as("used again").isNotNull();
        files.add(keys[3], classes("w.a.F1"));
        assertThat(files.open(keys[1])).isNull();
        assertThat(Stream.of(keys[0], keys[2], keys[3]).map(files::open)).doesNotContainNull();
        assertThat(count(folder(), StoreKey.SUFFIX)).isEqualTo(3);
    }

    @Test
    void classes_that_do_not_fit_at_all_are_not_written() throws IOException {
        StoreFiles files = files(100);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> files.add(KEY, classes("w.a.F1")))
                .withMessageContaining("of 100");
        assertThat(count(folder(), "")).isZero();
    }

    @Test
    void when_old_and_new_classes_do_not_fit_together_the_new_ones_stay() throws IOException {
        StoreFiles files = files(Pack.size(classes("w.a.F1")) + 20);
        files.add(KEY, classes("w.a.F1"));
        files.add(KEY, classes("w.a.F2"));
        assertHas(kept(files), "w.a.F2");
        assertThat(kept(files).find("w.a.F1")).isNull();
    }

    @Test
    void what_a_killed_process_left_is_cleared_away_later() throws IOException {
        StoreFiles files = files();
        Path fresh = Files.createFile(folder().resolve("new1" + StoreFiles.TEMPORARY));
        Path old = Files.createFile(folder().resolve("new2" + StoreFiles.TEMPORARY));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        files.add(KEY, classes("w.a.F1"));
        assertThat(fresh).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void many_writers_at_once_leave_a_whole_pack() throws Exception {
        var broken = new AtomicReference<Throwable>();
        Thread[] writers = new Thread[4];
        for (int i = 0; i < writers.length; i++) {
            String own = "w.a.F" + i;
            writers[i] = Thread.ofPlatform().name("writer " + i).start(() -> {
                try {
                    write(own);
                } catch (IOException | RuntimeException | AssertionError failure) {
                    broken.set(failure);
                }
            });
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(broken.get()).isNull();
        assertThat(count(folder(), StoreFiles.TEMPORARY)).isZero();
    }

    /// After each time, whatever is there is whole.
    private void write(String own) throws IOException {
        StoreFiles files = files();
        for (int round = 0; round < 25; round++) {
            files.add(KEY, classes(own, own + "_" + round));
            Pack pack = kept(files);
            for (String name : new String[] {"w.a.F0", "w.a.F1", "w.a.F2", "w.a.F3"}) {
                if (pack.has(name)) {
                    assertHas(pack, name);
                }
            }
        }
    }

    @Test
    void nothing_is_kept_without_an_identity() {
        assertThat(ClassStore.open(folder(), 1 << 20, Optional.empty())).isEmpty();
    }

    @Test
    void what_is_offered_is_written_in_the_background_and_a_folder_that_is_gone_is_a_note() throws IOException {
        ClassStore store =
                ClassStore.open(folder(), 1 << 20, Optional.of(IDENTITY)).orElseThrow();
        ClassSource source = store.source("abcd", CodeOptions.LAZY);
        assertThat(source.find("w.a.F1")).isNull();
        source.offer(Map.of("w.a.F1", content("one")));
        Eventually.within(
                20,
                TimeUnit.SECONDS,
                () -> assertThat(store.source("abcd", CodeOptions.LAZY).find("w.a.F1"))
                        .isEqualTo(content("one")));
        assertThat(store.notes()).isEmpty();

        Files.delete(folder().resolve(KEY.fileName()));
        Files.delete(folder());
        source.offer(Map.of("w.a.F2", content("two")));
        store.flush();
        assertThat(store.notes()).singleElement().asString().contains("are not kept in");
    }
}
