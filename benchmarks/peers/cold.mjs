// A process that does nothing but get the first answer out of a large guest.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [, , file, times] = process.argv;
const { instantiate } = await import(file);
const guest = instantiate((path) => new WebAssembly.Module(readFileSync(join(dirname(file), path))), {});
console.log(guest.work(Number(times)));
