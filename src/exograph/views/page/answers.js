// SPDX-License-Identifier: Apache-2.0
// Questions about mechanisms, and what was answered. Who answers is another matter: a page from
// `exograph serve` asks its server (answers_there.js), a file answers itself (answers_here.js).

const ARROWS = { "+": "→", "-": "⊣", "?": "⇢", null: "›" };
const SIGN_OF = { "+": "positive", "-": "negative", "?": "unsigned" };
const MOST_VIA = 4;
const KEPT_ANSWERS = 60;

const heard = new Map(); // answers by question; null while one is awaited

// What the key leaves of sources and tissues, which no answer goes beyond.
function keyNow() {
  const open = Object.keys(DATA.sources).filter((id) => !state.filters.off.has(id));
  return { sources: open.length === Object.keys(DATA.sources).length && !DATA.left_out.length ? [] : open, nothing: !open.length, any_tissue: !state.filters.hidden.has("other_tissue") };
}

// The question of an address.
function questionOf(asked) {
  return {
    start: asked.getAll("start"), end: asked.getAll("end"), via: asked.getAll("via").slice(0, MOST_VIA), avoid: asked.getAll("not"),
    sign: SIGN_OF[asked.get("sign")] ? asked.get("sign") : "any",
    told: asked.get("told") === "1",
    fold: asked.get("fold") !== "0",
    max_steps: Math.min(20, Math.max(1, Math.trunc(Number(asked.get("steps"))) || 8)),
    top: Math.min(1000, Math.max(1, Math.trunc(Number(asked.get("top"))) || 10)),
    ...keyNow(),
  };
}

// {paths, complete, stopped_by}, or with `trouble`, why there is no answer; null while it is awaited.
const answerTo = (asked) => answerOf("paths", questionOf(asked));

// {ends: [{end, complete, counts, shared, opposed, only, more}]} for two sources; likewise.
const comparisonTo = (a, b, to) => answerOf("compare", { a, b, to, ...keyNow() });

// {rows, columns, cells} of all sources and phases; likewise.
const matrixNow = () => answerOf("matrix", keyNow());

function answerOf(name, question) {
  const key = JSON.stringify([name, question]);
  if (!heard.has(key)) {
    if (heard.size > KEPT_ANSWERS) heard.clear();
    heard.set(key, question.nothing ? NOTHING[name]() : null);
    let later = false;
    if (!question.nothing) answered[name](question, (answer) => { heard.set(key, answer); if (later) arrived(); });
    later = true;
  }
  return heard.get(key);
}

const NOTHING = {
  paths: () => ({ paths: [], complete: true, stopped_by: null }),
  compare: () => ({ ends: [] }),
  matrix: () => ({ rows: [], columns: [], cells: [] }),
};

// Questions that found no answer may be asked again.
function forgetTroubles() {
  for (const [key, answer] of heard) if (answer && answer.trouble) heard.delete(key);
}

let live = null; // the part of the page that shows an answer, and what it is made of

// That part, which is filled again when an awaited answer arrives.
function answering(make) {
  const slot = el("div", { class: "answers" }, make());
  live = { slot, make };
  return slot;
}

function arrived() {
  if (!live || !live.slot.isConnected) return;
  live.slot.replaceChildren(...el("div", {}, live.make()).childNodes);
  if (pathChosen()) { goWhereItIs(); refocus(); repaint(); show(); }
}

// In place of an answer: that it is awaited, or why there is none.
const instead = (answer) => (answer ? [el("p", { class: "trouble", role: "alert" }, answer.trouble)] : [el("p", { class: "where", role: "status" }, word("find_wait"))]);
