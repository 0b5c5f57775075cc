// Puts guest.js into SpiderMonkey: node componentize.mjs PACKAGES GUEST WIT WORLD OUT, where PACKAGES is the folder
// node_modules with componentize-js.
//
// The bindings that componentize-js 0.19 to 0.23 writes give its engine what the engine misreads, on every runtime: a u32
// from 2^31 on arrives as bits of a double, and a negative BigInt traps. And where a case of a variant shares a core i64
// with others, they take a negative s8 for a large number. So they are mended here; a text that is to be mended and is not
// there shows that the package is another one, which may need no mending any more.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, guest, wit, world, out] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(resolve(packages, "@bytecodealliance/componentize-js", file)));
const { splicer } = await load("lib/spidermonkey-embedding-splicer.js");
const { componentize } = await load("src/componentize.js");

const UNSIGNED = `(...values) =>
  call(...values.map((value) => (typeof value === "bigint" ? BigInt.asUintN(64, value) : value)))`;
const MENDED = [
  ["return val >>> 0;", "return val | 0;"],
  ["const toInt64 = val => BigInt.asIntN(64, BigInt(val));", "const toInt64 = val => BigInt.asUintN(64, BigInt(val));"],
  [/\bNumber\((arg\d+)\)/g, "Number(BigInt.asIntN(32, $1))"],
  ["] = $bindings;", `] = $$bindings.map((call) => typeof call === "function" ? ${UNSIGNED} : call);`],
];

function mend(bindings) {
  for (const [wrong, right] of MENDED) {
    const mended = bindings.replaceAll(wrong, right);
    if (mended === bindings) {
      throw new Error(`the bindings do not have this: ${wrong}`);
    }
    bindings = mended;
  }
  return bindings;
}

const splice = splicer.spliceBindings;
splicer.spliceBindings = (...values) => {
  const spliced = splice(...values);
  return { ...spliced, jsBindings: mend(spliced.jsBindings) };
};

const { component } = await componentize(`import ask from "ask";\n${readFileSync(guest, "utf8")}`, {
  witPath: wit,
  worldName: world,
  // No WASI.
  disableFeatures: ["random", "stdio", "clocks", "http", "fetch-event"],
});
writeFileSync(out, component);
