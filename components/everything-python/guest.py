"""The test world in Python: passes every kind of value on to its host, and wraps the host's resource in one of its own."""

import wit_world
from counters import Counter
from wit_world import exports
from wit_world.imports import counters as host_counters
from wit_world.imports import refusal
from wit_world.imports import values as host_values


class WitWorld(wit_world.WitWorld):
    def answer(self, question):
        return wit_world.ask(question)


def passing(name):
    """A method that passes its arguments on to the function of that name; a result is an error by being raised."""

    def method(self, *arguments):
        return getattr(host_values, name)(*arguments)

    return method


NAMES = [name for name in vars(exports.Values) if not name.startswith("_")]
Values = type("Values", (exports.Values,), {name: passing(name) for name in NAMES})


class Counters(exports.Counters):
    def consume(self, counter):
        return host_counters.consume(counter.inner)

    def peek(self, counter):
        return host_counters.peek(counter.inner)

    def pass_(self, counter):
        return Counter.around(host_counters.pass_(counter.inner))

    def pass_all(self, counters):
        return [Counter.around(inner) for inner in host_counters.pass_all([counter.inner for counter in counters])]

    def pass_some(self, counter):
        inner = host_counters.pass_some(counter and counter.inner)
        return inner and Counter.around(inner)

    def total(self, counters):
        return host_counters.total([counter.inner for counter in counters])

    def make(self, start):
        return Counter.around(host_counters.make(start))


class Faults(exports.Faults):
    def trap(self):
        raise RuntimeError("as it was told")

    def divide(self, dividend, divisor):
        quotient = abs(dividend) // abs(divisor)
        return quotient if (dividend < 0) == (divisor < 0) else -quotient

    def ask_in_vain(self):
        refusal.refuse()
