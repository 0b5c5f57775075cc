"""The peer that runs on wasmtime: README.md tells the protocol."""

import sys
import time

from wasmtime import Config, Engine, Instance, Module, Store, WasiConfig, component

config = Config()
config.cranelift_opt_level = "speed"
store = Store(Engine(config))
instances = {}
guests = []


def load(name, file):
    module = Module.from_file(store.engine, file)
    imports = [instances[wanted.module].exports(store)[wanted.name] for wanted in module.imports]
    instances[name] = Instance(store, module, imports)
    return "ok"


def timed(work):
    begin = time.thread_time_ns()
    result = work()
    return f"{result} {time.thread_time_ns() - begin}"


def run(name, export, arguments):
    function = instances[name].exports(store)[export]
    return timed(lambda: function(store, *arguments))


def load_guest(file):
    linker = component.Linker(store.engine)
    linker.add_wasip2()
    store.set_wasi(WasiConfig())
    guests[:] = [linker.instantiate(store, component.Component.from_file(store.engine, file))]
    return "ok"


def call_guest(name, argument):
    function = guests[0].get_func(store, name)
    result = function(store, argument)
    function.post_return(store)
    return result


def answer(line):
    command, *words = line.split(" ")
    if command == "load":
        return load(words[0], " ".join(words[1:]))
    if command == "run":
        return run(words[0], words[1], [int(word) for word in words[2:]])
    if command == "guest":
        return load_guest(" ".join(words))
    if command == "work":
        return timed(lambda: call_guest("work", int(words[0])))
    if command == "report":
        return call_guest("report", " ".join(words)).replace("\n", "\\n")
    return f"failed: no command {command}"


for line in sys.stdin:
    try:
        text = answer(line.rstrip("\n"))
    except Exception as problem:
        text = "failed: " + str(problem).replace("\n", " ")
    print(text, flush=True)
