// SPDX-License-Identifier: Apache-2.0
// The best simple paths of a question, one after the other, each as soon as it is certain: a
// best-first search over partial paths whose bound is the cheapest remaining walk (as in
// exograph.paths.engine, on a small graph). Of the ways on from a partial path only the best that is
// left stands in the queue. Order: cost, then steps, then ids of the claims.

const PER_COST = 32; // a key is cost * 32 + steps
const SIGN_TURNS = { // the next sign by the sign so far and by the step's sign; -1: no way on
  any: [[0, 0, 0]],
  "+": [[1, -1, 0], [0, -1, 1]],
  "-": [[1, -1, 0], [0, -1, 1]],
  "?": [[0, 1, 0], [1, 1, 1]],
};
const SIGN_WANTED = { any: 0, "+": 0, "-": 1, "?": 1 };

class SearchStopped extends Error {}

// Counts work, and throws SearchStopped when that or the time (in ms, null: endless) is used up.
function searchBudget(time, limit) {
  const due = time === null ? Infinity : performance.now() + time;
  let used = 0;
  const look = () => { if (performance.now() > due) throw new SearchStopped("deadline"); };
  const spend = () => {
    used += 1;
    if (used > limit) throw new SearchStopped("limit");
    if (used % 64 === 0) look();
  };
  return { look, spend };
}

// How a question reads a walk: a state is the marks that were passed, as bits, and the sign so far.
function walkStates(asked) {
  const turns = SIGN_TURNS[asked.sign];
  const masks = 1 << asked.marks;
  return {
    count: masks * turns.length,
    accepted: (masks - 1) * turns.length + SIGN_WANTED[asked.sign],
    first: (node) => asked.nodeBits[node] * turns.length,
    next(state, arc) {
      const sign = turns[state % turns.length][arc.sign + 1];
      const mask = Math.floor(state / turns.length) | asked.nodeBits[arc.head] | asked.arcBits(arc);
      return sign < 0 ? -1 : mask * turns.length + sign;
    },
  };
}

// levels[k][state * nodes + node]: key of the cheapest way on to an end in at most k steps.
function remainingKeys(ground, asked, states, budget) {
  const { leaving, hubs } = ground;
  const nodes = leaving.length;
  const arcs = leaving.flat().filter((arc) => !asked.avoided.has(arc.head));
  const levels = [new Float64Array(states.count * nodes).fill(Infinity)];
  for (let changed = true; levels.length <= asked.steps;) {
    const before = levels[levels.length - 1];
    if (!changed) { levels.push(before); continue; }
    budget.look();
    const level = Float64Array.from(before);
    changed = false;
    for (let state = 0; state < states.count; state += 1) {
      for (const arc of arcs) {
        const after = states.next(state, arc);
        if (after < 0) continue;
        const ends = after === states.accepted && asked.ends.has(arc.head);
        const key = priceKey(ground, arc) + (ends ? 0 : hubs[arc.head] * PER_COST + before[after * nodes + arc.head]);
        const place = state * nodes + arc.tail;
        if (key < level[place]) { level[place] = key; changed = true; }
      }
    }
    levels.push(level);
  }
  return levels;
}

const priceKey = (ground, arc) => (arc.cost + ground.step) * PER_COST + 1;

// The ways on from a node in a state with so many steps left, best first; each worked out once.
function waysOnward(ground, asked, states, budget) {
  const levels = remainingKeys(ground, asked, states, budget);
  const nodes = ground.leaving.length;
  const known = new Map();

  function found(node, state, left) {
    const ways = [];
    for (const arc of ground.leaving[node]) {
      const after = states.next(state, arc);
      if (after < 0 || asked.avoided.has(arc.head)) continue;
      const price = priceKey(ground, arc);
      const paid = price + ground.hubs[arc.head] * PER_COST;
      const rest = levels[left - 1][after * nodes + arc.head];
      if (rest < Infinity) ways.push({ key: paid + rest, arrives: 0, arc, state: after, paid });
      if (after === states.accepted && asked.ends.has(arc.head)) ways.push({ key: price, arrives: 1, arc, state: after, paid: price });
    }
    return ways.sort((a, b) => a.key - b.key || a.arc.rank - b.arc.rank || a.arrives - b.arrives);
  }

  return (node, state, left) => {
    const place = (left * states.count + state) * nodes + node;
    if (!known.has(place)) known.set(place, found(node, state, left));
    return known.get(place);
  };
}

// Of sets of numbers null stands for all numbers.
const inBoth = (some, others) => (some === null ? others : others === null ? some : some.filter((n) => others.includes(n)));

// All paths, best first, as {nodes, arcs, cost}. asked.common(arc) are who may tell a path, of which
// one is to tell all of it. Where no study goes on, the story changes hands, which costs.
function* bestRoutes(ground, asked, budget) {
  const states = walkStates(asked);
  const onward = waysOnward(ground, asked, states, budget);
  const change = ground.handover * PER_COST;
  const holders = (arc) => (arc.effect ? arc.studies : null);
  const queue = [];
  let number = 0;

  // The best way on from position at. One that changes hands costs more than its place tells, so it
  // goes into the queue on its own, and the next best one, too.
  function enqueue(partial, at) {
    for (; at < partial.ways.length; at += 1) {
      const { key, arrives, arc } = partial.ways[at];
      const tells = inBoth(partial.tells, asked.common(arc));
      if (!partial.nodes.includes(arc.head) && !(tells && !tells.length)) {
        const held = inBoth(partial.held, holders(arc));
        const changes = Boolean(held && !held.length);
        number += 1;
        const sum = partial.paid + key + (changes ? change : 0);
        pushEntry(queue, { key: sum, ranks: [...partial.ranks, arc.rank], arrives, number, partial, at, changes, tells, held });
        if (!changes) return;
      }
      budget.spend();
    }
  }

  for (const start of asked.starts) {
    budget.spend();
    enqueue({ nodes: [start], arcs: [], ranks: [], paid: 0, tells: null, held: null, ways: onward(start, states.first(start), asked.steps) }, 0);
  }
  while (queue.length) {
    budget.spend();
    const { key, ranks, arrives, partial, at, changes, tells, held } = popEntry(queue);
    if (!changes) enqueue(partial, at + 1);
    const { arc, state, paid } = partial.ways[at];
    const [nodes, arcs] = [[...partial.nodes, arc.head], [...partial.arcs, arc]];
    if (arrives) {
      yield { nodes, arcs, cost: Math.floor(key / PER_COST) };
      continue;
    }
    const sum = partial.paid + paid + (changes ? change : 0);
    enqueue({ nodes, arcs, ranks, paid: sum, tells, held: changes ? holders(arc) : held, ways: onward(arc.head, state, asked.steps - arcs.length) }, 0);
  }
}

// Lists of numbers as Python compares tuples.
function compareRanks(some, others) {
  for (let n = 0; n < some.length && n < others.length; n += 1) {
    if (some[n] !== others[n]) return some[n] - others[n];
  }
  return some.length - others.length;
}

const isSooner = (a, b) => (a.key - b.key || compareRanks(a.ranks, b.ranks) || a.arrives - b.arrives || a.number - b.number) < 0;

function pushEntry(heap, entry) {
  let at = heap.length;
  for (let up; at > 0 && isSooner(entry, heap[(up = (at - 1) >> 1)]); at = up) heap[at] = heap[up];
  heap[at] = entry;
}

function popEntry(heap) {
  const [first, last] = [heap[0], heap.pop()];
  if (!heap.length) return first;
  let at = 0;
  for (let down = 1; down < heap.length; down = 2 * at + 1) {
    if (down + 1 < heap.length && isSooner(heap[down + 1], heap[down])) down += 1;
    if (!isSooner(heap[down], last)) break;
    heap[at] = heap[down];
    at = down;
  }
  heap[at] = last;
  return first;
}
