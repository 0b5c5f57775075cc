// The test world in JavaScript: passes every kind of value on to its host, and wraps the host's resource in one of its
// own. SpiderMonkey and QuickJS both run it. What is imported at the root of the world, `ask`, is a global in QuickJS;
// componentize.mjs makes it one name here too.
//
// componentize-js calls nothing when an exported resource is dropped: what it holds of the host stays until the garbage
// collector comes.

import * as host from "wattle:test/values";
import * as hostCounters from "wattle:test/counters";
import { refuse } from "wattle:test/refusal";

const NAMES = [
  "passBool", "passU8", "passS8", "passU16", "passS16", "passU32", "passS32", "passU64", "passS64", "passF32", "passF64",
  "passChar", "passString", "passListBool", "passListU8", "passListS8", "passListU16", "passListS16", "passListU32",
  "passListS32", "passListU64", "passListS64", "passListF32", "passListF64", "passListChar", "passListString",
  "passListList", "passListRecord", "passListVariant", "passListFlags", "passListOption", "passListPerson", "passPoint",
  "passPadded", "passPerson", "passWidest", "passTuple", "passShape", "passColour", "passRights", "passMonths", "passBits",
  "passOption", "passOptionString", "passOptionOption", "passOptionRecord", "passResult", "passResultOk",
  "passResultError", "passResultEmpty", "passResultRecord", "passResultNested", "passSixteen", "passMany", "passNothing",
  "take", "give",
];

export const values = Object.fromEntries(NAMES.map((name) => [name, (...values) => host[name](...values)]));

/** A counter of the guest: one of the host. */
class Counter {
  inner;

  constructor(start) {
    this.inner = new hostCounters.Counter(start);
  }

  increment(by) {
    return this.inner.increment(by);
  }

  value() {
    return this.inner.value();
  }

  static merge(a, b) {
    return wrap(hostCounters.Counter.merge(a.inner, b.inner));
  }

  static live() {
    return hostCounters.Counter.live();
  }
}

function wrap(inner) {
  const counter = Object.create(Counter.prototype);
  counter.inner = inner;
  return counter;
}

export const counters = {
  Counter,
  consume: (counter) => hostCounters.consume(counter.inner),
  peek: (counter) => hostCounters.peek(counter.inner),
  pass: (counter) => wrap(hostCounters.pass(counter.inner)),
  passAll: (all) => hostCounters.passAll(all.map((counter) => counter.inner)).map(wrap),
  passSome(some) {
    // One tool has undefined for none, the other null.
    const inner = hostCounters.passSome(some?.inner ?? some);
    return inner ? wrap(inner) : inner;
  },
  total: (all) => hostCounters.total(all.map((counter) => counter.inner)),
  make: (start) => wrap(hostCounters.make(start)),
};

export const faults = {
  trap() {
    throw new Error("as it was told");
  },
  divide(dividend, divisor) {
    if (divisor === 0) {
      throw new RangeError("by zero");
    }
    return Math.trunc(dividend / divisor);
  },
  askInVain() {
    refuse();
  },
};

export function answer(question) {
  return ask(question);
}
