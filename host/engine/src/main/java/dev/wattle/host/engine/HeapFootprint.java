package dev.wattle.host.engine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/// What an array really takes of the heap: G1 gives one that is larger than half a region whole regions, which
/// is up to twice its size.
public final class HeapFootprint {
    private static final int HEADER_BYTES = 16;

    /// 0 when the collector has none.
    private static final long REGION_BYTES = regionBytes();

    private HeapFootprint() {}

    /// Of an array of bytes.
    public static long ofBytes(int length) {
        return ofBytes(length, REGION_BYTES);
    }

    static long ofBytes(int length, long region) {
        long size = (long) length + HEADER_BYTES;
        return region == 0 || size <= region / 2 ? size : (size + region - 1) / region * region;
    }

    private static long regionBytes() {
        try {
            var hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return hotSpot == null
                    ? 0
                    : Long.parseLong(hotSpot.getVMOption("G1HeapRegionSize").getValue());
        } catch (IllegalArgumentException anotherJvm) {
            return 0;
        }
    }
}
