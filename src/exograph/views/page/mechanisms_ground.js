// SPDX-License-Identifier: Apache-2.0
// What mechanism paths walk on: claims as arcs, with what the filters leave of them and what that
// costs. No page is needed here. As exograph.paths has it; costs are whole millionths, entities and
// studies are numbers, and studies are numbered in their order, reviews last.

const GROUNDS = 8; // that are kept

const idsInOrder = (record) => Object.keys(record).sort();

// Half to even, as Python rounds.
function roundedEven(value) {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest === 0.5) return below % 2 ? below + 1 : below;
  return rest < 0.5 ? below : below + 1;
}

// All that paths may ever walk, in numbers: made once from the data of a page.
function mechanismWalks(data) {
  const table = data.walks;
  const nodes = idsInOrder(data.entities);
  const node = new Map(nodes.map((id, n) => [id, n]));
  const references = new Map(idsInOrder(data.references).map((id, n) => [id, { id, place: table.natural[n], study: table.study[n] }]));
  const mechanisms = mechanismTellers(data, references);
  const tellersOf = new Map();
  mechanisms.forEach((m, n) => { for (const claim of m.claims) tellersOf.set(claim, [...(tellersOf.get(claim) || []), n]); });
  const claims = [];
  let at = 0; // of the supporting statements
  for (const id of idsInOrder(data.claims)) {
    const { subject, predicate, object, statements } = data.claims[id];
    if (!Object.hasOwn(table.predicates, predicate)) continue;
    const [walk, sign] = table.predicates[predicate];
    const said = statements.map((s) => walkedStatement(s, references, s.stance === "supports" ? table.beliefs[table.belief[at++]] : 0));
    const [tail, head] = walk === "backward" ? [object, subject] : [subject, object];
    if (subject === object || !said.some((s) => s.supports)) continue;
    claims.push({ id, predicate, sign, tail: node.get(tail), head: node.get(head), said, mechanisms: tellersOf.get(id) || [] });
  }
  return { data, table, nodes, node, mechanisms, claims, roles: new Map(Object.entries(table.roles)), grounds: new Map() };
}

function walkedStatement(s, references, belief) {
  return {
    source: s.source, basis: s.basis, reference: references.get(s.reference), supports: s.stance === "supports", belief,
    elsewhere: Boolean(s.other_tissue), retracted: Boolean(s.retracted),
  };
}

function mechanismTellers(data, references) {
  const lengths = new Map(Object.entries(data.walks.lengths));
  return data.mechanisms.map(({ id, reference, start, end, steps }) => ({
    id, start, end, claims: new Set(steps), length: lengths.get(id) || steps.length,
    study: references.get(reference).study, retracted: data.references[reference].notice === "retracted",
  }));
}

// The entities that a name stands for: an id, or type:X with X a kind or a role; none if unknown.
function walkEntities(walks, name, withRetracted) {
  if (!name.startsWith("type:")) return walks.node.has(name) ? [walks.node.get(name)] : [];
  const wanted = name.slice("type:".length);
  const { entities } = walks.data;
  const rolesOf = (id) => (withRetracted && walks.roles.get(id)) || entities[id].roles || [];
  return [...walks.node].filter(([id]) => entities[id].type === wanted || rolesOf(id).includes(wanted)).map(([, n]) => n);
}

// The ground of a question. Those that were asked for last are kept.
function walkGround(walks, question) {
  const avoided = question.avoid.filter((name) => name.startsWith("predicate:"));
  const { sources, stated_only, no_inferred, any_tissue, with_retracted } = question;
  const key = JSON.stringify([[...sources].sort(), stated_only, no_inferred, any_tissue, with_retracted, avoided.sort()]);
  const { grounds } = walks;
  if (!grounds.has(key)) {
    if (grounds.size === GROUNDS) grounds.delete(grounds.keys().next().value);
    grounds.set(key, makeGround(walks, question, new Set(avoided)));
  }
  return grounds.get(key);
}

// Neighbours are counted before predicates are avoided: a claim costs the same with and without.
function makeGround(walks, question, avoided) {
  const { table } = walks;
  const around = walks.nodes.map(() => new Set());
  const leaving = walks.nodes.map(() => []);
  const reaching = walks.nodes.map(() => []);
  walks.claims.forEach((claim, rank) => {
    const said = claim.said.filter((s) => walkCounts(s, question));
    if (!said.some((s) => s.supports)) return;
    around[claim.tail].add(claim.head);
    around[claim.head].add(claim.tail);
    if (avoided.has("predicate:" + claim.predicate)) return;
    const arc = walkArc(walks, claim, rank, said, question.with_retracted);
    leaving[arc.tail].push(arc);
    reaching[arc.head].push(arc);
  });
  return { walks, leaving, reaching, hubs: around.map((others) => table.hubs[others.size]), step: table.step, handover: table.handover, reviews: table.reviews };
}

// A statement of a retracted paper neither supports nor denies.
function walkCounts(s, question) {
  return (
    (!question.stated_only || s.basis === "stated") &&
    (!question.no_inferred || s.basis !== "inferred") &&
    (!question.sources.length || question.sources.includes(s.source)) &&
    (question.any_tissue || !s.elsewhere) &&
    (question.with_retracted || !s.retracted)
  );
}

// A claim in the direction that paths follow; a structural one has no sign and counts as +.
function walkArc(walks, claim, rank, said, withRetracted) {
  const { id, predicate, tail, head, sign } = claim;
  const held = said.filter((s) => s.supports);
  const studies = [...new Set(held.map((s) => s.reference.study))].sort((a, b) => a - b);
  const telling = (m) => (withRetracted || !m.retracted) && studies.includes(m.study);
  return {
    id, rank, predicate, tail, head, effect: sign !== null, sign: sign === null ? 1 : sign, cost: evidencePrice(walks.table, said),
    studies, references: held.map((s) => s.reference), mechanisms: claim.mechanisms.filter((n) => telling(walks.mechanisms[n])),
  };
}

// -log of the probability that one study at least is right. A study counts once, with its best
// statement; each study that denies the claim multiplies the probability.
function evidencePrice(table, said) {
  const best = new Map();
  const against = new Set();
  for (const { reference, supports, belief } of said) {
    if (supports) best.set(reference.study, Math.max(best.get(reference.study) || 0, belief));
    else against.add(reference.study);
  }
  let doubt = 0;
  for (const belief of best.values()) doubt += Math.log1p(-belief);
  return roundedEven(-1e6 * (Math.log(-Math.expm1(doubt)) + against.size * Math.log(table.refuted)));
}
