// SPDX-License-Identifier: Apache-2.0
// Search over labels of both languages, synonyms, ids and identifiers; references; values; quotes.

const GREEK = {
  "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
  "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
  "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
};

const MICRORNA = /(^|[^a-z])(?:(?:hsa|mmu|rno)-)?(?:micro-?rna|mirna|mir)[\s-]*(?=\d)/g;

// One spelling for all: width and case folded, microRNA as miR, Greek letters by name, no hyphens,
// spaces or points.
function fold(text) {
  return String(text).normalize("NFKC").toLowerCase().replace(MICRORNA, "$1mir").replace(/[α-ως]/g, (letter) => GREEK[letter]).replace(/[\s\-‐-―_.,·/()（）]/g, "");
}

const INDEX = [...ENTITIES].map(([id, e]) => ({
  id,
  names: [e.label_en, e.label_zh, ...(e.synonyms || []), id].map((name) => [name, fold(name)]),
  codes: [...(e.exact_match || []), ...(e.close_match || [])].flatMap((c) => [[c, fold(c)], [c, fold(c.slice(c.indexOf(":") + 1))]]),
}));
const QUOTES = [...CLAIMS].flatMap(([id, c]) => c.statements.filter((s) => s.quote || s.paraphrase).map((s) => ({ id, text: s.quote || s.paraphrase, folded: fold(s.quote || s.paraphrase) })));

function findEntities(wanted) {
  const hits = INDEX.map((each) => fitOf(each, wanted)).filter(Boolean);
  return hits.sort((a, b) => a.rank - b.rank || a.length - b.length || (a.id < b.id ? -1 : 1));
}

// How well the best of an entity's names fits; null if none does.
function fitOf({ id, names, codes }, wanted) {
  let best = null;
  for (const [name, folded] of [...names, ...codes]) {
    const at = folded.indexOf(wanted);
    if (at < 0) continue;
    const head = /^[\u3400-\u9fff]/.test(wanted) && folded.endsWith(wanted); // 凋亡 is the head of 细胞凋亡
    const rank = folded === wanted ? 0 : at === 0 || head ? 1 : 2;
    if (!best || rank < best.rank || (rank === best.rank && folded.length < best.length)) best = { id, name, rank, length: folded.length };
  }
  return best;
}

const REFERENCES = Object.entries(DATA.references).map(([id, r]) => ({
  id, number: r.number, doi: r.doi ? fold(r.doi) : "", exact: [id, r.pmid, r.pmcid].filter(Boolean).map(fold),
  words: [r.first_author, r.title, r.journal, [r.first_author, r.year].filter(Boolean).join(" ")].filter(Boolean).map(fold),
}));

// References by number ("40", "[40]"), id, DOI or PubMed id, which are sure, or by author and title.
function findReferences(typed) {
  const number = /^\s*\[?\s*(\d+)\s*\]?\s*$/.exec(typed.normalize("NFKC"));
  const wanted = fold(typed);
  const doi = fold(typed.replace(/^\s*(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, ""));
  const hits = [];
  for (const r of REFERENCES) {
    if ((number && r.number === Number(number[1])) || r.exact.includes(wanted) || (doi && r.doi === doi)) hits.push({ id: r.id, rank: 0 });
    else if (number || wanted.length < 2) continue;
    else if (r.words.some((each) => each.startsWith(wanted))) hits.push({ id: r.id, rank: 1 });
    else if (wanted.length > 3 && (r.words.some((each) => each.includes(wanted)) || r.doi.includes(doi))) hits.push({ id: r.id, rank: 2 });
  }
  return hits.sort((a, b) => a.rank - b.rank);
}

const VALUES = DATA.attributes.map((a) => ({ id: a.entity, a, folded: [...new Set([a.verbatim, a.text_value].filter(Boolean).map(fold))] }));
const valueOf = (a) => `${word("attribute." + a.attribute)}: ${state.lang === "en" && a.text_value ? a.text_value : a.verbatim}`;

let options = [];
let active = -1;

let searching = Promise.resolve(); // the search for what stands in the box

async function runSearch() {
  const box = byId("search");
  const typed = box.value;
  const wanted = fold(typed);
  const found = wanted ? await meantBy(typed) : [];
  if (box.value === typed && (!wanted || document.activeElement === box)) offer(typed, wanted, found);
}

// Entities that a text may mean, best first; of this page, if nobody else answers.
async function meantBy(text) {
  try {
    return await entitiesMeant(text);
  } catch {
    return findEntities(fold(text)).slice(0, 12);
  }
}

function offer(typed, wanted, found) {
  const box = byId("search");
  const list = byId("results");
  list.replaceChildren();
  options = [];
  active = -1;
  box.removeAttribute("aria-activedescendant");
  if (!wanted) { closeResults(); byId("found").textContent = ""; return; }
  const seen = new Set();
  const quoted = wanted.length < 2 ? [] : QUOTES.filter((q) => q.folded.includes(wanted) && !seen.has(q.text) && seen.add(q.text)).slice(0, 4);
  const cited = findReferences(typed).slice(0, 20);
  const sure = cited.filter((hit) => hit.rank === 0);
  const valued = wanted.length < (/[^\x00-\xff]/.test(wanted) ? 2 : 3) ? [] : VALUES.filter((v) => v.folded.some((each) => each.includes(wanted))).slice(0, 8);
  offerReferences(sure);
  if (found.length) list.append(el("li", { class: "group", role: "presentation" }, word("search_entities")));
  for (const hit of found.filter(({ id }) => !ENTITIES.has(id))) addOption([mark(hit.type), el("span", {}, hit[`label_${state.lang}`]), el("small", {}, kindLabel(hit.type)),
    under(word("own_page"))], () => location.assign(`/entity/${encodeURIComponent(hit.id)}?lang=${state.lang}`), hit.id);
  for (const hit of found.filter(({ id }) => ENTITIES.has(id))) addOption([mark(ENTITIES.get(hit.id).type), el("span", {}, labelOf(hit.id)), el("small", {}, kindLabel(ENTITIES.get(hit.id).type)),
    under(besideLabel(hit.id, wanted), labelOf(hit.id))], () => choose("entity", hit.id), hit.id);
  offerReferences(cited.filter((hit) => hit.rank > 0));
  if (valued.length) list.append(el("li", { class: "group", role: "presentation" }, word("search_attributes")));
  for (const { id, a } of valued) addOption([mark(ENTITIES.get(id).type), el("span", {}, labelOf(id)), el("small", {}, kindLabel(ENTITIES.get(id).type)), under(valueOf(a))], () => choose("entity", id), id);
  if (quoted.length) list.append(el("li", { class: "group", role: "presentation" }, word("search_quotes")));
  for (const q of quoted) {
    const c = CLAIMS.get(q.id);
    addOption([sample(c.sign, basisOf(q.id)), el("span", {}, `${labelOf(c.subject)} ${verb(c.predicate)} ${labelOf(c.object)}`), "", el("small", { class: "under" }, q.text.length > 90 ? q.text.slice(0, 90) + "…" : q.text)], () => choose("claim", q.id), q.id);
  }
  if (!options.length) list.append(el("li", { class: "none", role: "presentation" }, word("search_none")));
  byId("found").textContent = `${options.length} ${word("search_count")}`;
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
}

// The name of an entity that a text fits best, if that is not its label, or else its other label.
function besideLabel(id, wanted) {
  const fit = fitOf(INDEX.find((each) => each.id === id), wanted);
  return fit && fit.name !== labelOf(id) ? fit.name : otherLabelOf(id);
}

// The second line of a hit; none if it would say the first one again.
const under = (text, first = "") => (text && text !== first ? el("small", { class: "under" }, text) : null);

function offerReferences(hits) {
  if (hits.length) byId("results").append(el("li", { class: "group", role: "presentation" }, word("search_references")));
  for (const { id } of hits) {
    const r = DATA.references[id];
    const title = [r.title, r.journal].filter(Boolean).join(". ");
    addOption([el("span", {}), el("span", {}, citation(id)), el("small", {}, id), under(title.length > 110 ? title.slice(0, 110) + "…" : title)], () => choose("reference", id), id);
  }
}

function addOption(content, action, name) {
  const made = el("li", { role: "option", id: "option-" + options.length, "aria-selected": "false", "data-hit": name, onmousedown: (event) => { event.preventDefault(); take(action); } }, content);
  options.push({ made, action });
  byId("results").append(made);
}

function take(action) {
  closeResults();
  byId("search").value = "";
  action();
}

function closeResults() {
  byId("results").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
}

function step(by) {
  if (!options.length) return;
  if (active >= 0) options[active].made.setAttribute("aria-selected", "false");
  active = (active + by + options.length) % options.length;
  options[active].made.setAttribute("aria-selected", "true");
  options[active].made.scrollIntoView({ block: "nearest" });
  byId("search").setAttribute("aria-activedescendant", "option-" + active);
}

const searchNow = () => { searching = runSearch(); };
byId("search").addEventListener("input", searchNow);
byId("search").addEventListener("focus", searchNow);
byId("search").addEventListener("blur", closeResults);
byId("search").addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") { step(1); event.preventDefault(); }
  else if (event.key === "ArrowUp") { step(-1); event.preventDefault(); }
  else if (event.key === "Enter") { event.preventDefault(); searching.then(() => { if (options.length) take(options[Math.max(active, 0)].action); }); }
});
