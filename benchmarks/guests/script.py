"""The script for CPython. script.js does the same."""

import json
import re


class UnknownCurrency(Exception):
    def __init__(self, code):
        super().__init__(f"unknown currency {code}")


RATES = {"EUR": 1, "USD": 0.92, "JPY": 0.0061}


def euros(order):
    try:
        return order["amount"] * RATES[order["currency"]]
    except KeyError as missing:
        raise UnknownCurrency(order["currency"]) from missing


class WitWorld:
    def work(self, times):
        total = 0
        for i in range(times):
            point = {"x": i, "y": i * 3}
            total = (total * 31 + point["x"] + point["y"]) % 65521
        return total

    def report(self, text):
        orders = json.loads(text)["orders"]
        lines, refused, totals = [], [], {}
        for order in orders:
            try:
                amount = euros(order)
                totals[order["customer"]] = totals.get(order["customer"], 0) + amount
            except UnknownCurrency as problem:
                refused.append(f"{order['id']}: {problem}")
        customers = sorted(totals.items(), key=lambda entry: (-entry[1], entry[0]))
        lines += [f"{customer:.<12}{total:>12.2f} EUR" for customer, total in customers]
        lines += sorted(refused)
        words = [word for order in orders for word in re.findall("[a-zë]+", order["note"], re.IGNORECASE)]
        longest = max(words, key=len, default="")
        lines.append(f"words {len(words)}, longest {longest.upper()}")
        summary = {"customers": [customer for customer, _ in customers], "refused": len(refused)}
        lines.append(json.dumps(summary, separators=(",", ":"), ensure_ascii=False))
        return "\n".join(lines)
