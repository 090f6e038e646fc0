// SPDX-License-Identifier: Apache-2.0
// Answers of the server that the page came from: the documents of /api/v1, which are those of the
// command line.

const MICRO = 1e6; // documents tell costs in units, the page in whole millionths
const MOST_WAYS = 100; // of each list of a comparison
const micro = (cost) => Math.round(cost * MICRO);

async function documentOf(name, fields, signal = null) {
  const asked = new URLSearchParams(fields.filter(([, value]) => value !== null && value !== false));
  const response = await fetch(`${DATA.api}/${name}?${asked}`, { signal, redirect: "error", credentials: "omit" });
  const document = await response.json();
  if (!response.ok) throw new Error([document.error.message, document.error.cure].filter(Boolean).join(" "));
  return document;
}

// Gives what the document says to `tell`, or why there is none.
function fromServer(name, fields, read, tell) {
  documentOf(name, fields).then(read).catch((error) => ({ trouble: error instanceof TypeError ? word("sparql_no_server") : error.message })).then(tell);
}

const many = (name, values) => values.map((value) => [name, value]);
const keyFields = (question) => [...many("source", question.sources), ["any_tissue", question.any_tissue]];

const answered = {
  paths: (question, tell) => fromServer("paths", [
    ...many("start", question.start), ...many("end", question.end), ...many("via", question.via), ...many("not", question.avoid),
    ["sign", question.sign], ["told", question.told], ["no_fold", !question.fold], ["max_steps", question.max_steps], ["top", question.top], ...keyFields(question),
  ], ({ paths, complete, stopped_by }) => ({ paths: paths.map(pathOf), complete, stopped_by }), tell),
  compare: (question, tell) => fromServer("compare", [["a", question.a], ["b", question.b], ...many("to", question.to), ["top", MOST_WAYS], ...keyFields(question)],
    ({ ends }) => ({ ends: ends.map(comparedEnd) }), tell),
  matrix: (question, tell) => fromServer("matrix", keyFields(question), ({ rows, columns, cells }) => ({ rows, columns, cells }), tell),
};

// A path as the page has it, from that of a document.
function pathOf({ steps, cost, cost_parts, shortcuts, text_en, text_zh, warnings, ...path }) {
  const tail = ({ direction, subject, object }) => (direction === "backward" ? object : subject);
  const head = ({ direction, subject, object }) => (direction === "backward" ? subject : object);
  return {
    ...path,
    entities: [tail(steps[0]), ...steps.map(head)],
    claims: steps.map((step) => step.claim),
    signs: steps.map((step) => step.sign),
    cost: micro(cost),
    parts: Object.fromEntries(Object.entries(cost_parts).map(([name, part]) => [name, micro(part)])),
    costs: steps.map((step) => micro(step.evidence)),
    shortcuts: shortcuts.map((short) => ({ ...short, cost: micro(short.cost), signs: short.claims.map(signOfClaim) })),
    words: { text_en, text_zh, warnings },
  };
}

const signOfClaim = (id) => Object.keys(SIGN_OF).find((sign) => CLAIMS.has(id) && SIGN_OF[sign] === CLAIMS.get(id).sign) || null;

function comparedEnd({ end, complete, counts, shared, opposed, only_a, only_b }) {
  const way = ({ also_by, ...path }) => ({ path: pathOf(path), also: also_by });
  return {
    end, complete, counts: [counts.a, counts.b],
    shared: shared.map(({ a, b }) => [way(a), way(b)]),
    opposed: opposed.map(({ a, b }) => [a.map(way), b.map(way)]),
    only: [only_a.map(way), only_b.map(way)],
    more: { shared: counts.shared - shared.length, opposed: counts.opposed - opposed.length, only_a: counts.only_a - only_a.length, only_b: counts.only_b - only_b.length },
  };
}

// Entities that a text may mean, as {id}; rejected if there is no answer, or a later text was asked.
// The server knows more spellings than the page.
let hurry = null; // ends the search before

async function entitiesMeant(text) {
  if (hurry) hurry.abort();
  hurry = new AbortController();
  return (await documentOf("search", [["q", text], ["limit", 12]], hurry.signal)).hits;
}
