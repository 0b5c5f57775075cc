// The script for SpiderMonkey and QuickJS. script.py does the same.

export function work(times) {
  let sum = 0;
  for (let i = 0; i < times; i++) {
    const point = { x: i, y: i * 3 };
    sum = (sum * 31 + point.x + point.y) % 65521;
  }
  return sum;
}

class UnknownCurrency extends Error {
  constructor(code) {
    super(`unknown currency ${code}`);
    this.code = code;
  }
}

const RATES = new Map([["EUR", 1], ["USD", 0.92], ["JPY", 0.0061]]);

function euros(order) {
  const rate = RATES.get(order.currency);
  if (rate === undefined) {
    throw new UnknownCurrency(order.currency);
  }
  return order.amount * rate;
}

export function report(text) {
  const { orders } = JSON.parse(text);
  const lines = [];
  const refused = [];
  const totals = {};
  for (const order of orders) {
    try {
      const amount = euros(order);
      totals[order.customer] = (totals[order.customer] ?? 0) + amount;
    } catch (problem) {
      if (!(problem instanceof UnknownCurrency)) {
        throw problem;
      }
      refused.push(`${order.id}: ${problem.message}`);
    }
  }
  const customers = Object.entries(totals).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  for (const [customer, total] of customers) {
    lines.push(`${customer.padEnd(12, ".")}${total.toFixed(2).padStart(12)} EUR`);
  }
  lines.push(...refused.sort());
  const words = orders.flatMap((order) => order.note.match(/[a-zë]+/gi) ?? []);
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), "");
  lines.push(`words ${words.length}, longest ${longest.toUpperCase()}`);
  lines.push(JSON.stringify({ customers: customers.map(([customer]) => customer), refused: refused.length }));
  return lines.join("\n");
}
