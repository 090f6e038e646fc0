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

function citation(id) {
  const reference = DATA.references[id];
  if (!reference) return id;
  if (reference.number !== undefined) {
    const who = [reference.first_author, reference.year].filter(Boolean).join(" ");
    return `[${reference.number}]${who ? " " + who : ""}`;
  }
  return reference.kind === "review" ? word("review") : reference.title || id;
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
