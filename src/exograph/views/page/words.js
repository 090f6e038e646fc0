// SPDX-License-Identifier: Apache-2.0
// Everything the page says, in the language chosen.

const word = (key) => (DATA.words[key] ? DATA.words[key][state.lang] : key.slice(key.indexOf(".") + 1).replaceAll("_", " "));
const known = (key) => key in DATA.words;
const labelOf = (id) => {
  const entity = ENTITIES.get(id);
  return entity ? entity[state.lang === "zh" ? "label_zh" : "label_en"] : id;
};
const otherLabelOf = (id) => ENTITIES.get(id)[state.lang === "zh" ? "label_en" : "label_zh"];
const kindLabel = (kind) => STYLE.kinds[kind].label[state.lang];
const verb = (predicate) => STYLE.predicates[predicate][state.lang];
const heading = (key) => (known("layer." + key) ? word("layer." + key) : key in STYLE.kinds ? kindLabel(key) : key);

const REVIEWS = Object.values(DATA.references).filter((r) => r.kind === "review").length;
const authored = (reference) => (reference.first_author ? [reference.first_author, reference.year].filter(Boolean).join(" ") : "");

// The mark of a retracted or corrected paper, which follows its name wherever that stands.
const noticed = (reference) => (reference.notice ? (state.lang === "zh" ? `（${word("retraction." + reference.notice)}）` : ` (${word("retraction." + reference.notice)})`) : "");

// A reference in running text: "[38] Wang 2020", "the review itself", "Li 2024", or its id.
function citation(id) {
  const reference = DATA.references[id];
  return reference ? named(id, reference) + noticed(reference) : id;
}

function named(id, reference) {
  const who = authored(reference);
  if (reference.number !== undefined) return `[${reference.number}]${who ? " " + who : ""}`;
  return reference.kind === "review" && REVIEWS === 1 ? word("review") : who || id;
}

// The same between brackets, as short as can be: "38", "review", "Li 2024", or its id.
function shortCitation(id) {
  const reference = DATA.references[id];
  return reference ? shortName(id, reference) + noticed(reference) : id;
}

function shortName(id, reference) {
  if (reference.number !== undefined) return String(reference.number);
  return reference.kind === "review" && REVIEWS === 1 ? word("review_short") : authored(reference) || id;
}

// A place in a source: "section 3.2", "table 1", "introduction"; what is none of these as it stands.
function place(section) {
  if (known("section." + section)) return word("section." + section);
  const table = /^table(\d+)$/.exec(section);
  if (table) return word("section.table").replace("{}", () => table[1]);
  return /^\d+(\.\d+)*$/.test(section) ? word("section.of").replace("{}", () => section) : section;
}

const joiner = () => (state.lang === "zh" ? "、" : ", ");
const countOf = (number, one, many) =>
  state.lang === "zh" ? `${number} ${word(many)}` : `${number} ${word(number === 1 ? one : many)}`;

function speak() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  for (const each of document.querySelectorAll("[data-word-label]")) {
    each.setAttribute("aria-label", word(each.dataset.wordLabel));
    if (each.tagName === "BUTTON") each.title = word(each.dataset.wordLabel);
  }
  for (const each of document.querySelectorAll("[data-word-placeholder]")) each.placeholder = word(each.dataset.wordPlaceholder);
}
