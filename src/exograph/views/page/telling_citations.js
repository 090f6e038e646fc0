// SPDX-License-Identifier: Apache-2.0
// How references are cited in words, with the place in the source. As exograph.paths.citing has it.

// [38], the review, or author and year; with the notice on it, unless that is not wanted.
function referenceIn(kb, id, lang, marked = true) {
  const { number, kind, first_author, year, notice } = kb.references[id];
  const author = first_author && [first_author, year].filter(Boolean).join(" ");
  const name = number !== undefined ? `[${number}]` : kind === "review" ? filled(kb, "review", lang) : author || id;
  if (!notice || !marked) return name;
  const mark = kb.phrases.notices[notice][lang];
  if (name.startsWith("[")) return `${name.slice(0, -1)}${COMMA[lang]}${mark}]`;
  return `${name}${lang === "zh" ? "" : " "}[${mark}]`;
}

const citedIn = (kb, ids, lang, marked = true) => ids.map((id) => referenceIn(kb, id, lang, marked)).join(PAUSE[lang]);

// Who supports a step, and where. Citations of one study are that study, once; statements that
// differ in context have it beside their place; paraphrases are marked, with their source.
function citationsIn(kb, { claim, sign }, lang) {
  const apart = sign !== null && !isOneContext(claim);
  const placeOf = (s) => {
    const [section, context] = [kb.phrases.sections[s.section][lang], apart ? contextIn(kb, s.context, lang) : ""];
    return context ? `${section}${lang === "zh" ? "" : " "}[${context}]` : section;
  };
  const found = new Map();
  for (const s of [...claim.held].sort((a, b) => compareNames(a.section, b.section))) {
    const source = kb.sources[s.source].evidence === "paraphrases" ? s.source : "";
    const key = JSON.stringify([s.reference, source]);
    if (!found.has(key)) found.set(key, { reference: s.reference, source, places: [] });
    found.get(key).places.push(placeOf(s));
  }
  const studies = new Map();
  for (const { reference, source, places } of [...found.values()].sort(byNumber(kb))) {
    const mark = source && bracketed(filled(kb, "paraphrase", lang, { source }), lang);
    const told = [referenceIn(kb, reference, lang) + mark, ...unique(places)].join(COMMA[lang]);
    const study = studyOf(kb, reference);
    studies.set(study, [...(studies.get(study) || []), told]);
  }
  return [...studies.values()].map((names) => names.join(" = ")).join(SEMICOLON[lang]);
}

const compareNames = (a, b) => (a < b ? -1 : Number(a > b));

// Those with a number first, then by id, then by source.
const byNumber = ({ references }) => (a, b) => {
  const [one, other] = [a, b].map(({ reference }) => references[reference].number ?? Infinity);
  return (one === other ? 0 : one - other) || compareNames(a.reference, b.reference) || compareNames(a.source, b.source);
};
