// A guest of C in one page: exports `add` and nothing else.
__attribute__((export_name("add"))) unsigned add(unsigned a, unsigned b) { return a + b; }

// A little data, so that there is something to make an instance of.
__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, unsigned long old_size, unsigned long align,
                                                                unsigned long size) {
    static unsigned char heap[4096];
    static unsigned long used;
    (void)old, (void)old_size;
    used = (used + align - 1) & -align;
    if (used + size > sizeof heap) __builtin_trap();
    used += size;
    return heap + used - size;
}
