// lines.wasm: clang --target=wasm32 -gdwarf-5 -O2 -nostdlib -fdebug-compilation-dir=/src -Wl,--no-entry
__attribute__((noinline)) static int inner(int x) {
  if (x > 100)
    __builtin_trap();
  return x * 3;
}
__attribute__((export_name("run"))) int run(int n) {
  int s = 0;
  for (int i = 0; i < n; i++) {
    s += inner(i);
  }
  return s;
}
