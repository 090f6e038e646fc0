// SPDX-License-Identifier: Apache-2.0
// What telling a path looks up: claims, by whom and where they are said, which entity is a kind or a
// part of which. As exograph.model and exograph.paths.kinship have it.

const knowledges = new WeakMap(); // by what mechanismWalks made

// The data of a page with its claims in order, by id and by subject, its phrases, and the kinships.
function knowledgeOf(walks) {
  if (!knowledges.has(walks)) knowledges.set(walks, makeKnowledge(walks));
  return knowledges.get(walks);
}

function makeKnowledge({ data, table }) {
  const signOf = (predicate) => (Object.hasOwn(table.predicates, predicate) ? table.predicates[predicate][1] : null);
  const claims = new Map();
  const leaving = new Map();
  for (const [id, { subject, predicate, object, statements }] of Object.entries(data.claims)) {
    const said = statements.map((s) => ({ ...s, context: s.context || {} }));
    const claim = { id, subject, predicate, object, sign: signOf(predicate), statements: said, held: said.filter(isHeld) };
    claims.set(id, claim);
    leaving.set(subject, [...(leaving.get(subject) || []), claim]);
  }
  const held = [...claims.values()].filter((claim) => claim.held.length);
  const triples = [...held.map((claim) => [claim.subject, claim.predicate, claim.object]), ...table.beyond];
  const pairs = (wanted) => triples.filter(([, predicate]) => predicate === wanted).map(([subject, , object]) => [subject, object]);
  return { ...data, phrases: table.phrases, claims, leaving, kin: kinships(pairs("is_a"), pairs("has_component")), variants: pairs("variant_of") };
}

// What was retracted speaks neither for its claim nor against it.
const isHeld = (s) => s.stance === "supports" && !s.retracted;
const isDenial = (s) => s.stance !== "supports" && !s.retracted;

// A claim with the statements that the question admits; those held speak for it.
function admittedClaim(kb, id, question) {
  const claim = kb.claims.get(id);
  const whole = { ...question, with_retracted: true };
  const statements = claim.statements.filter((s) => walkCounts({ ...s, elsewhere: Boolean(s.other_tissue) }, whole));
  const held = statements.filter((s) => s.stance === "supports" && (question.with_retracted || !s.retracted));
  return { ...claim, statements, held };
}

const studyOf = ({ references }, id) => references[id].study || id;

function onward(begin, pairs) {
  const found = new Set(begin);
  for (const id of found) for (const [from, to] of pairs) if (from === id) found.add(to);
  return found;
}

// Answers are kept.
function kinships(kinds, parts) {
  const [aboves, insides] = [new Map(), new Map()];
  const kept = (answers, id, make) => answers.get(id) || answers.set(id, make()).get(id);
  const above = (id) => kept(aboves, id, () => onward([id], kinds));
  const narrower = (id) => kinds.map(([kind]) => kind).filter((kind) => above(kind).has(id));
  const inside = (id) => kept(insides, id, () => onward([id, ...narrower(id)], parts));
  const some = (test) => (ones, others) => ones.some((a) => others.some((b) => test(a, b) || test(b, a)));
  return {
    related: some((a, b) => above(a).has(b)), // one is a kind of the other
    meet: some((a, b) => inside(b).has(a)), // or a part of it, or of its kinds
  };
}
