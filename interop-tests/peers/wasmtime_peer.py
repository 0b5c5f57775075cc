"""The test world on wasmtime: takes the steps that it reads, a JSON object a line, and answers each with its outcome.

ValueJson.java tells how values are written, Outcome.java what an outcome is.
"""

import json
import struct
import sys
import time

from wasmtime import Config, Engine, Store, WasiConfig, WasmtimeError, component
from wasmtime.component import _types as types

PACKAGE = "wattle:test/"
COUNTER_TYPE = 1
U32 = 0xFFFFFFFF
INTEGERS = (types.U8, types.S8, types.U16, types.S16, types.U32, types.S32, types.U64, types.S64)

# Every variant, option and result as a case with a payload: the guessing by classes takes some cases for others.
types.VariantLikeType._tagged = lambda self: True


def from_json(kind, node, resource):
    """A value as wasmtime's package wants it; `resource` makes one of a node that stands for a resource."""
    if isinstance(kind, types.Bool):
        return node
    if isinstance(kind, INTEGERS):
        return int(node)
    if isinstance(kind, types.F32):
        return struct.unpack(">f", bytes.fromhex(node))[0]
    if isinstance(kind, types.F64):
        return struct.unpack(">d", bytes.fromhex(node))[0]
    if isinstance(kind, types.Char):
        return chr(int(node))
    if isinstance(kind, (types.String, types.EnumType)):
        return node
    if isinstance(kind, types.ListType):
        element = kind.element
        if isinstance(element, types.U8):
            return bytes.fromhex(node)
        return [from_json(element, each, resource) for each in node]
    if isinstance(kind, types.RecordType):
        record = component.Record()
        for (name, field), each in zip(kind.fields, node):
            setattr(record, name, from_json(field, each, resource))
        return record
    if isinstance(kind, types.TupleType):
        return tuple(from_json(part, each, resource) for part, each in zip(kind.elements, node))
    if isinstance(kind, types.FlagsType):
        return set(node)
    if isinstance(kind, types.VariantLikeType):
        payload = dict(kind._cases())[node[0]]
        return component.Variant(node[0], from_json(payload, node[1], resource) if payload else None)
    return resource(kind, node)


def to_json(kind, value, resource):
    """The reverse; `resource` makes a node of a resource."""
    if isinstance(kind, types.Bool):
        return value
    if isinstance(kind, INTEGERS):
        return str(value)
    if isinstance(kind, types.F32):
        return "7fc00000" if value != value else struct.pack(">f", value).hex()
    if isinstance(kind, types.F64):
        return "7ff8000000000000" if value != value else struct.pack(">d", value).hex()
    if isinstance(kind, types.Char):
        return str(ord(value))
    if isinstance(kind, (types.String, types.EnumType)):
        return value
    if isinstance(kind, types.ListType):
        element = kind.element
        if isinstance(element, types.U8):
            return bytes(value).hex()
        return [to_json(element, each, resource) for each in value]
    if isinstance(kind, types.RecordType):
        return [to_json(field, getattr(value, name), resource) for name, field in kind.fields]
    if isinstance(kind, types.TupleType):
        return [to_json(part, each, resource) for part, each in zip(kind.elements, value)]
    if isinstance(kind, types.FlagsType):
        return sorted(value)
    if isinstance(kind, types.VariantLikeType):
        payload = dict(kind._cases())[value.tag]
        return [value.tag, to_json(payload, value.payload, resource)] if payload else [value.tag]
    return resource(kind, value)


class Counters:
    """The counters of the host, by number, from 1: HostCounters.java does the same."""

    def __init__(self):
        self.values = {}
        self.made = 0

    def new(self, start):
        self.made += 1
        self.values[self.made] = start
        return self.made

    def increment(self, number, by):
        self.values[number] = (self.values[number] + by) & U32
        return self.values[number]

    def take(self, number):
        return self.values.pop(number)


class Session:
    """One guest: its host, and an instance at a time."""

    def __init__(self, engine, file):
        self.engine = engine
        self.component = component.Component.from_file(engine, file)
        self.imported = {name: item.ty for name, item in self.component.type.imports(engine).items()}
        self.linker = component.Linker(engine)
        self.linker.add_wasip2()
        self.log = []
        self.logging = True
        self.answer = None
        self.define()
        self.fresh()

    def fresh(self):
        self.kept = {}
        self.functions = {}
        self.counters = Counters()
        self.store = Store(self.engine)
        self.store.set_wasi(WasiConfig())
        self.instance = self.linker.instantiate(self.store, self.component)
        self.log = []

    def define(self):
        with self.linker.root() as root:
            for name, item in self.imported.items():
                if name == "ask":
                    root.add_func(name, self.told("", name, item))
                if not name.startswith(PACKAGE):
                    continue
                with root.add_instance(name) as instance:
                    self.define_interface(instance, name, item.exports(self.engine))

    def define_interface(self, instance, interface, items):
        short = interface.removeprefix(PACKAGE)
        if short == "counters":
            instance.add_resource("counter", component.ResourceType.host(COUNTER_TYPE), self.drop_counter)
        for name, item in [(name, item.ty) for name, item in items.items()]:
            if not isinstance(item, component.FuncType):
                continue
            if short == "values":
                instance.add_func(name, self.told(short, name, item))
            elif short == "counters":
                instance.add_func(name, self.counting(name, item))
            elif short == "refusal":
                instance.add_func(name, self.refusing(name, item))

    def called(self, interface, name, kind, arguments):
        if self.logging:
            nodes = [to_json(part, value, self.host_node) for (_, part), value in zip(kind.params, arguments)]
            self.log.append([interface + "#" + name, nodes])

    def told(self, interface, name, kind):
        def function(_, *arguments):
            self.called(interface, name, kind, arguments)
            return None if self.answer is None else from_json(kind.result, self.answer, None)

        return function

    def refusing(self, name, kind):
        def function(_, *arguments):
            self.called("refusal", name, kind, arguments)
            raise WasmtimeError("refused")

        return function

    def drop_counter(self, _, number):
        self.counters.take(number)
        self.log.append(["drop", [f"counter {number}"]])

    # A resource of the host is a Python object that can be read once: read all of them first, by number.
    def host_node(self, _, number):
        return f"counter {number}"

    def counting(self, name, kind):
        def function(store, *arguments):
            arguments = [numbered(store, value) for value in arguments]
            self.called("counters", name, kind, arguments)
            result = self.count(name, *arguments)
            return resourced(kind.result, result)

        return function

    def count(self, name, *arguments):
        counters = self.counters
        first = arguments[0] if arguments else None
        match name:
            case "[constructor]counter":
                return counters.new(first)
            case "[method]counter.increment":
                return counters.increment(first, arguments[1])
            case "[method]counter.value" | "peek":
                return counters.increment(first, 0)
            case "[static]counter.merge":
                return counters.new((counters.values[first] + counters.take(arguments[1])) & U32)
            case "[static]counter.live":
                return len(counters.values)
            case "consume":
                return counters.take(first)
            case "pass" | "pass-all" | "pass-some":
                return first
            case "total":
                return sum(counters.values[each] for each in first)
            case "make" if first == 0:
                return component.Variant("err", "a counter does not start at zero")
            case "make":
                return component.Variant("ok", counters.new(first))
        raise WasmtimeError("no function " + name)

    def function(self, interface, name):
        found = self.functions.get((interface, name))
        if found is None:
            inside = self.instance.get_export_index(self.store, interface) if interface else None
            index = self.instance.get_export_index(self.store, name, inside)
            function = self.instance.get_func(self.store, index)
            found = self.functions[interface, name] = (function, function.type(self.store))
        return found

    def arguments(self, kind, nodes):
        def resource(_, node):
            return self.kept[node.removeprefix("kept ")]

        return [from_json(part, node, resource) for (_, part), node in zip(kind.params, nodes)]

    def call(self, step):
        function, kind = self.function(step["interface"], step["function"])
        self.answer = step.get("answer")
        got = []

        def resource(_, value):
            got.append(value)
            return "resource"

        try:
            arguments = self.arguments(kind, step["arguments"])
        except KeyError:
            return {"log": self.taken(), "impossible": True}
        try:
            result = function(self.store, *arguments)
            function.post_return(self.store)
        except WasmtimeError as trap:
            return self.trapped(trap)
        outcome = {}
        if kind.result is not None:
            outcome["result"] = to_json(kind.result, result, resource)
        self.kept.update(zip(step["keep"], got))
        return {"log": self.taken(), **outcome}

    def drop(self, step):
        if step["name"] not in self.kept:
            return {"log": self.taken(), "impossible": True}
        try:
            self.kept.pop(step["name"]).drop(self.store)
        except WasmtimeError as trap:
            return self.trapped(trap)
        return {"log": self.taken()}

    def trapped(self, trap):
        return {"log": self.taken(), "trap": True, "detail": str(trap)}

    def taken(self):
        log, self.log = self.log, []
        return log

    def time(self, step):
        function, kind = self.function(step["interface"], step["function"])
        self.answer = step.get("answer")
        self.logging = False
        arguments = self.arguments(kind, step["arguments"])
        begin = time.perf_counter_ns()
        try:
            for _ in range(step["times"]):
                function(self.store, *arguments)
                function.post_return(self.store)
            return {"nanos": (time.perf_counter_ns() - begin) / step["times"]}
        except WasmtimeError:
            return {"nanos": "NaN"}
        finally:
            self.logging = True


def numbered(store, value):
    """The value with numbers in place of resources of the host."""
    if isinstance(value, component.ResourceAny):
        return value.to_host(store).rep
    if isinstance(value, list):
        return [numbered(store, each) for each in value]
    if isinstance(value, component.Variant):
        return component.Variant(value.tag, numbered(store, value.payload))
    return value


def resourced(kind, value):
    """The reverse, for a result."""
    if isinstance(kind, types.OwnType):
        return component.ResourceHost.own(value, COUNTER_TYPE)
    if isinstance(kind, types.ListType):
        return [resourced(kind.element, each) for each in value]
    if isinstance(kind, types.VariantLikeType):
        payload = dict(kind._cases())[value.tag]
        return component.Variant(value.tag, resourced(payload, value.payload)) if payload else value
    return value


def main():
    config = Config()
    config.cranelift_opt_level = "speed"
    engine = Engine(config)
    session = None
    for line in sys.stdin:
        step = json.loads(line)
        match step["do"]:
            case "load":
                session = Session(engine, step["file"])
                answer = {}
            case "fresh":
                session.fresh()
                answer = {"log": []}
            case "call":
                answer = session.call(step)
            case "drop":
                answer = session.drop(step)
            case "time":
                answer = session.time(step)
        print(json.dumps(answer), flush=True)


main()
