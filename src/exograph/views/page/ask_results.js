// SPDX-License-Identifier: Apache-2.0
// The answer to a query as a table that can be sorted and taken away. What is of this knowledge base
// opens its panel; all else is text.

const ROWS_AT_ONCE = 200;
const NUMERIC = /#(decimal|double|float|integer|int|long|short|byte|(?:non)?(?:negative|positive)Integer|unsigned\w+)$/i;
const PANELS = { entity: "entity", claim: "claim", reference: "reference", mechanism: "story" };

function briefIri(iri) {
  const fits = Object.entries(DATA.asking.prefixes).filter(([, base]) => iri.startsWith(base) && /^[\w.-]*$/.test(iri.slice(base.length)));
  const best = fits.sort((a, b) => b[1].length - a[1].length)[0];
  return best ? `${best[0]}:${iri.slice(best[1].length)}` : `<${iri}>`;
}

// The panel of the page, or the page of the server, that an IRI of ours stands for.
function openIri(iri) {
  if (!iri.startsWith(HOME)) return null;
  const [kind, ...rest] = iri.slice(HOME.length).split("/");
  const id = readable(rest.join("/"));
  const what = Object.hasOwn(PANELS, kind) ? PANELS[kind] : null;
  if (what && has[what](id)) return el("button", { class: "link", type: "button", title: iri, onclick: () => choose(what, id) }, briefIri(iri));
  return DATA.asking.endpoint && rest.length ? el("a", { href: `/${kind}/${rest.join("/")}`, title: iri }, briefIri(iri)) : null;
}

function termCell(term) {
  if (!term) return el("td", {});
  if (term.type === "uri") {
    const id = term.value.startsWith(`${HOME}entity/`) ? term.value.slice(HOME.length + 7) : "";
    return el("td", {}, openIri(term.value) || el("span", { title: term.value }, briefIri(term.value)), ENTITIES.has(id) ? el("small", {}, ` ${labelOf(id)}`) : null);
  }
  if (term.type === "bnode") return el("td", {}, `_:${term.value}`);
  if (term.type === "triple") return el("td", {}, JSON.stringify(term.value));
  const number = NUMERIC.test(term.datatype || "");
  return el("td", { class: number ? "number" : null, title: term.datatype ? briefIri(term.datatype) : null, lang: term["xml:lang"] || null }, term.value, term["xml:lang"] ? el("small", {}, ` @${term["xml:lang"]}`) : null);
}

const numberOf = (term) => (term && NUMERIC.test(term.datatype || "") ? Number(term.value) : NaN);

function byTerm(one, other) {
  if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
  const [a, b] = [numberOf(one), numberOf(other)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return one.value.localeCompare(other.value, state.lang, { numeric: true });
}

function sortedRows({ rows, sort }) {
  if (!sort) return rows;
  const way = sort.down ? -1 : 1;
  return [...rows].sort((a, b) => (a[sort.by] && b[sort.by] ? way : 1) * byTerm(a[sort.by], b[sort.by]));
}

// From none to rising to falling and back.
function nextSort(sort, by) {
  if (!sort || sort.by !== by) return { by, down: false };
  return sort.down ? null : { by, down: true };
}

function answerTable(answer, redraw) {
  const rows = sortedRows(answer);
  const head = (name) => {
    const on = answer.sort && answer.sort.by === name;
    return el("th", { scope: "col", "aria-sort": on ? (answer.sort.down ? "descending" : "ascending") : "none" },
      el("button", { type: "button", title: word("sparql_sort"), onclick: () => { answer.sort = nextSort(answer.sort, name); redraw(name); }, "data-column": name }, name, el("span", { "aria-hidden": "true" }, on ? (answer.sort.down ? " ▼" : " ▲") : "")));
  };
  const table = el("table", {}, el("caption", { class: "unseen" }, word("sparql_answer")), el("thead", {}, el("tr", {}, answer.names.map(head))),
    el("tbody", {}, rows.slice(0, answer.most).map((row) => el("tr", {}, answer.names.map((name) => termCell(row[name]))))));
  const left = rows.length - answer.most;
  return [el("div", { class: "sparql-table", tabindex: 0, role: "region", "aria-label": word("sparql_answer") }, table),
    left > 0 ? el("button", { class: "alone", type: "button", onclick: () => { answer.most += 10 * ROWS_AT_ONCE; redraw(); } }, word("sparql_more").replace("{}", () => String(left))) : null];
}

// SPARQL's CSV, with texts that a spreadsheet would take for a formula made harmless.
function answerCsv({ names, rows }) {
  const value = (term) => (term.type === "bnode" ? `_:${term.value}` : term.type === "triple" ? JSON.stringify(term.value) : term.value);
  const cell = (term) => (!term ? "" : Number.isNaN(numberOf(term)) ? quotedCell(value(term)) : term.value);
  return [names.map(quotedCell), ...rows.map((row) => names.map((name) => cell(row[name])))].map((row) => `${row.join(",")}\r\n`).join("");
}

function takeAway(answer) {
  const button = (name, act) => el("button", { class: "alone", type: "button", "data-save": name, onclick: act }, name);
  if (answer.graph) return button("Turtle", () => save("answer.ttl", "text/turtle", answer.text));
  return [answer.names ? button("CSV", () => save("answer.csv", "text/csv", answerCsv(answer))) : null, button("JSON", () => save("answer.json", "application/json", answer.text))];
}

// What the text of an answer holds: rows, a yes or no, or triples.
function readAnswer({ graph, text }, took) {
  if (graph) return { graph, text, took };
  const { head, results, boolean } = JSON.parse(text);
  if (boolean !== undefined) return { boolean, text, took };
  return { names: head.vars, rows: results.bindings, text, took, sort: null, most: ROWS_AT_ONCE };
}

function answerHead(answer) {
  const count = answer.rows ? countOf(answer.rows.length, "sparql_row", "sparql_rows") : answer.graph ? word("sparql_graph") : word(answer.boolean ? "sparql_yes" : "sparql_no");
  return `${count} · ${word("sparql_took").replace("{}", () => String(Math.max(1, Math.round(answer.took))))}`;
}
