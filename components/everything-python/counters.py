"""Where componentize-py looks for the resource of the interface of that name."""

from wit_world.imports import counters as host_counters


class Counter:
    """A counter of the guest: one of the host."""

    def __init__(self, start):
        self.inner = host_counters.Counter(start)

    @classmethod
    def around(cls, inner):
        counter = cls.__new__(cls)
        counter.inner = inner
        return counter

    def increment(self, by):
        return self.inner.increment(by)

    def value(self):
        return self.inner.value()

    @classmethod
    def merge(cls, a, b):
        return cls.around(host_counters.Counter.merge(a.inner, b.inner))

    @classmethod
    def live(cls):
        return host_counters.Counter.live()
