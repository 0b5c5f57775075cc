// The peer that runs on node: README.md tells the protocol.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const instances = {};
let guest;

// Of the process: this version of node cannot tell a thread's.
function timed(work) {
  const begin = process.cpuUsage();
  const result = work();
  const spent = process.cpuUsage(begin);
  return `${result} ${(spent.user + spent.system) * 1000}`;
}

function load(name, file) {
  const module = new WebAssembly.Module(readFileSync(file));
  const imports = Object.fromEntries(
    WebAssembly.Module.imports(module).map((wanted) => [wanted.module, instances[wanted.module].exports]),
  );
  instances[name] = new WebAssembly.Instance(module, imports);
  return "ok";
}

async function loadGuest(file) {
  const { instantiate } = await import(file);
  const core = (path) => new WebAssembly.Module(readFileSync(join(dirname(file), path)));
  guest = instantiate(core, {});
  return "ok";
}

async function answer(line) {
  const [command, ...words] = line.split(" ");
  switch (command) {
    case "load":
      return load(words[0], words.slice(1).join(" "));
    case "run":
      return timed(() => instances[words[0]].exports[words[1]](...words.slice(2).map(Number)));
    case "guest":
      return await loadGuest(words.join(" "));
    case "work":
      return timed(() => guest.work(Number(words[0])));
    case "report":
      return guest.report(words.join(" ")).replaceAll("\n", "\\n");
    default:
      return `failed: no command ${command}`;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    process.stdout.write(`${await answer(line)}\n`);
  } catch (problem) {
    process.stdout.write(`failed: ${String(problem.stack).replaceAll("\n", " ")}\n`);
  }
}
