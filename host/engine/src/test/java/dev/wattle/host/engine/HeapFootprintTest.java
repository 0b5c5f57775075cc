package dev.wattle.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapFootprintTest {
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void the_heap_counts_as_the_collector_gives_it_out() {
        assertThat(HeapFootprint.ofBytes(65536, 0)).isEqualTo(65552);
        assertThat(HeapFootprint.ofBytes(65536, MEBIBYTE)).isEqualTo(65552);
        assertThat(HeapFootprint.ofBytes(MEBIBYTE, MEBIBYTE)).isEqualTo(2 * MEBIBYTE);
        assertThat(HeapFootprint.ofBytes(MEBIBYTE - 16, MEBIBYTE)).isEqualTo(MEBIBYTE);
        assertThat(HeapFootprint.ofBytes(17 * 65536, MEBIBYTE)).isEqualTo(2 * MEBIBYTE);
    }
}
