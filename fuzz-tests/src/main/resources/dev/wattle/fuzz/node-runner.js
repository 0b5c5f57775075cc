// Runs cases in node: a line of JSON in, a line of JSON out.
const { createHash } = require('node:crypto');
const readline = require('node:readline');

// What older versions have behind a flag; one that a version does not know makes it complain.
const major = Number(process.versions.node.split('.')[0]);
if (major < 21) require('node:v8').setFlagsFromString('--experimental-wasm-extended-const');
if (major >= 22 && major < 25) require('node:v8').setFlagsFromString('--experimental-wasm-exnref');

const scratch = new DataView(new ArrayBuffer(8));
const FACTOR = 0x9E3779B97F4A7C15n;

function argument(text) {
  const rest = text.slice(1);
  switch (text[0]) {
    case 'i': return Number(rest);
    case 'l': return BigInt(rest);
    case 'f': scratch.setUint32(0, parseInt(rest, 16)); return scratch.getFloat32(0);
    case 'd': scratch.setBigUint64(0, BigInt('0x' + rest)); return scratch.getFloat64(0);
  }
  throw new Error('argument ' + text);
}

function word(value, type) {
  switch (type) {
    case 'i': case 'l': return value.toString();
    case 'f': scratch.setFloat32(0, value); return Number.isNaN(value) ? 'nan' : scratch.getUint32(0).toString(16);
    case 'd': scratch.setFloat64(0, value); return Number.isNaN(value) ? 'nan' : scratch.getBigUint64(0).toString(16);
  }
  throw new Error('type ' + type);
}

function trapped(failure) {
  if (failure instanceof WebAssembly.Exception) return { trap: 'exception' };
  if (failure instanceof WebAssembly.RuntimeError || failure instanceof RangeError) return { trap: failure.message };
  throw failure;
}

function look({ memories, globals }, instance, events) {
  for (const name of memories) {
    const bytes = new Uint8Array(instance.exports[name].buffer);
    events.push({ values: [bytes.length + ':' + createHash('sha1').update(bytes).digest('hex')] });
  }
  for (const { name, type } of globals) {
    events.push({ values: [word(instance.exports[name].value, type)] });
  }
}

function run(request) {
  let module, libraryModule;
  try {
    if (request.library) libraryModule = new WebAssembly.Module(Buffer.from(request.library.wasm, 'base64'));
    module = new WebAssembly.Module(Buffer.from(request.wasm, 'base64'));
  } catch (failure) {
    return { refused: failure.message };
  }
  let trace = 1n;
  const add = (value) => { trace = BigInt.asIntN(64, trace * FACTOR + BigInt(value)); };
  const host = {
    note: (value) => add(value),
    mix: (left, right) => { add(left); add(right); return BigInt.asIntN(64, right ^ (BigInt(left) * FACTOR)); },
  };
  const events = [];
  try {
    const library = libraryModule && new WebAssembly.Instance(libraryModule, { host });
    const instance = new WebAssembly.Instance(module, { host, lib: library?.exports ?? {} });
    events.push({ values: [] });
    for (const { library: ofLibrary, name, arguments: given, results } of request.calls) {
      try {
        const result = (ofLibrary ? library : instance).exports[name](...given.map(argument));
        const list = results.length === 0 ? [] : results.length === 1 ? [result] : result;
        events.push({ values: list.map((value, index) => word(value, results[index])) });
      } catch (failure) {
        events.push(trapped(failure));
      }
    }
    if (library) look(request.library, library, events);
    look(request, instance, events);
  } catch (failure) {
    events.push(trapped(failure));
  }
  events.push({ values: [trace.toString()] });
  return { events };
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  let response;
  try {
    response = request.probe ? { valid: request.probe.map((wasm) => WebAssembly.validate(Buffer.from(wasm, 'base64'))) } : run(request);
  } catch (failure) {
    response = { broken: String(failure.stack) };
  }
  process.stdout.write(JSON.stringify(response) + '\n');
});
