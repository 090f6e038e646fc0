// SPDX-License-Identifier: Apache-2.0
// Mechanism paths, found here, offline, with the answers of the command line: the same paths in the
// same order, with the same sign, story and cost. The words are those of exograph.paths.PathQuery.

const MECHANISM_QUESTION = {
  start: [], // ids, or type:X with X a kind or a role
  end: [],
  via: [], // what a path must pass: ids, type:X, or predicate:P; four at most
  avoid: [], // what it must not
  sign: "any", // or +, -, ?
  told: false,
  coherent: false,
  max_steps: 8, // 20 at most
  top: 10,
  fold: true,
  sources: [], // whose statements count; none named: all
  stated_only: false,
  no_inferred: false,
  any_tissue: false,
  with_retracted: false,
  deadline: null, // in milliseconds; null: none
  limit: 2000000, // pieces of work
};

// The best paths of a question (a part of MECHANISM_QUESTION) on what mechanismWalks made of the
// data. Unknown names stand for nothing, and a question that contradicts itself has no path.
// stopped_by is null, top (there are more), deadline or limit (there may be more).
function findMechanisms(walks, question) {
  const whole = { ...MECHANISM_QUESTION, ...question };
  const budget = searchBudget(whole.deadline, whole.limit);
  const ground = walkGround(walks, whole);
  const asked = askedOf(walks, whole, ground);
  const accept = mechanismFilter(ground, whole, asked);
  const fold = folding(ground, accept, asked.steps, budget);
  const paths = [];
  const answer = (stopped) => ({ paths, complete: stopped === null, stopped_by: stopped });
  try {
    for (const route of bestRoutes(ground, asked, budget)) {
      if (!accept(route) || (whole.fold && fold.hasFiner(route))) continue;
      if (paths.length === whole.top) return answer("top");
      paths.push(mechanismPath(ground, route, whole.fold ? fold.shortcuts(route) : []));
    }
  } catch (error) {
    if (!(error instanceof SearchStopped)) throw error;
    return answer(error.message);
  }
  return answer(null);
}

// The question in numbers. A mark is a set of entities, or a predicate, of which one is to be passed.
function askedOf(walks, question, ground) {
  const isStep = (name) => name.startsWith("predicate:");
  const held = (names) => names.filter((name) => !isStep(name)).flatMap((name) => walkEntities(walks, name, question.with_retracted));
  const avoided = new Set(held(question.avoid));
  const open = (names) => [...new Set(held(names))].filter((node) => !avoided.has(node));
  const via = [...new Set(question.via)];
  const nodeBits = new Int32Array(walks.nodes.length);
  const stepBits = new Map();
  via.forEach((name, n) => {
    if (isStep(name)) stepBits.set(name.slice("predicate:".length), 1 << n);
    else for (const node of held([name])) nodeBits[node] |= 1 << n;
  });
  const common = question.told ? (arc) => arc.mechanisms : question.coherent ? (arc) => arc.studies.filter((study) => study < ground.reviews) : null;
  return {
    starts: open(question.start).sort((a, b) => a - b),
    ends: new Set(open(question.end)),
    avoided, nodeBits,
    arcBits: (arc) => stepBits.get(arc.predicate) || 0,
    marks: via.length,
    sign: question.sign,
    steps: question.max_steps,
    common: (arc) => (common && arc.effect ? common(arc) : null),
  };
}

const SIGN_NAMES = { 1: "+", "-1": "-", 0: "?" };

// Whether a path from start to end is within all of the filters.
function mechanismFilter(ground, question, asked) {
  const every = (1 << asked.marks) - 1;
  return ({ nodes, arcs }) => {
    const bits = nodes.reduce((seen, node) => seen | asked.nodeBits[node], arcs.reduce((seen, arc) => seen | asked.arcBits(arc), 0));
    return (
      bits === every &&
      (question.sign === "any" || question.sign === SIGN_NAMES[signOf(arcs)]) &&
      !nodes.some((node) => asked.avoided.has(node)) &&
      (!question.told || mechanismsTelling(arcs).length > 0) &&
      (!question.coherent || coherentStudies(ground, arcs).length > 0)
    );
  };
}

// What the page shows of a path. Steps are counted from 1, costs are whole millionths; weakest is
// the step whose evidence costs most.
function mechanismPath(ground, { nodes, arcs, cost }, shortcuts) {
  const costs = arcs.map((arc) => arc.cost);
  return {
    ...namedPath(ground, nodes, arcs),
    sign: SIGN_NAMES[signOf(arcs)],
    ...storyOf(ground, arcs),
    cost,
    parts: partsOf(ground, nodes, arcs),
    costs,
    weakest: costs.indexOf(Math.max(...costs)) + 1,
    shortcuts: shortcuts.map((short) => ({ ...namedPath(ground, short.nodes, short.arcs), cost: short.cost })),
  };
}

// Entities and claims by id, and the sign of each step, null where it is structural.
function namedPath(ground, nodes, arcs) {
  return {
    entities: nodes.map((node) => ground.walks.nodes[node]),
    claims: arcs.map((arc) => arc.id),
    signs: arcs.map((arc) => (arc.effect ? SIGN_NAMES[arc.sign] : null)),
  };
}
