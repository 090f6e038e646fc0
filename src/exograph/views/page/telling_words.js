// SPDX-License-Identifier: Apache-2.0
// Words for entities, claims and contexts in English (en) and Chinese (zh), from the tables that the
// page is given. As exograph.paths.phrases and exograph.paths.wording have them; texts are plain.

const SEMICOLON = { en: "; ", zh: "；" };
const COLON = { en: ": ", zh: "：" };
const COMMA = { en: ", ", zh: "，" };
const PAUSE = { en: ", ", zh: "、" };
const LAST = { en: " and ", zh: "和" };
const FULL_STOP = { en: ".", zh: "。" };

const unique = (items) => [...new Set(items)];
const agreed = (items) => (new Set(items).size === 1 ? items[0] : null);

// A template with its gaps filled.
const filled = ({ phrases }, template, lang, gaps = {}) => phrases.sentences[template][lang].replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);

const bracketed = (text, lang) => (!text ? "" : lang === "zh" ? `（${text}）` : ` (${text})`);
const enumerated = (items, lang) => (items.length < 2 ? items.join("") : items.slice(0, -1).join(PAUSE[lang]) + LAST[lang] + items[items.length - 1]);

// An entity's label, or its id if it is not known.
const labelIn = ({ entities }, id, lang) => (Object.hasOwn(entities, id) ? entities[id]["label_" + lang] : id);
const labelsIn = (kb, ids, lang) => enumerated(ids.map((id) => labelIn(kb, id, lang)), lang);
const isOfKinds = ({ entities }, id, kinds) => Object.hasOwn(entities, id) && kinds.includes(entities[id].type);
const nounIn = (kb, id, lang) => (lang === "en" && isOfKinds(kb, id, kb.phrases.named) ? "the " : "") + labelIn(kb, id, lang);
const manyCells = (name) => (/[a-rt-z]$/.test(name) ? name + "s" : name);

// A capital if it begins with a common word; Chinese spaced from Latin and Greek.
function sentenceOf(text, lang) {
  if (lang === "en") return /^[a-z]{2,}(?=[ ,.:-])(?!-[A-Z0-9])/.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
  return text
    .replace(/([\u3400-\u9fff])(?=[A-Za-z0-9\u03b1-\u03c9\u0391-\u03a9[])/g, "$1 ")
    .replace(/([A-Za-z0-9\u03b1-\u03c9\u0391-\u03a9%+\]])(?=[\u3400-\u9fff])/g, "$1 ");
}

// Without its full stop, and cut after a clause if it is long.
function shortened(text, most = 160) {
  const whole = [...text.trim().replace(/[.。]+$/, "")];
  if (whole.length <= most) return whole.join("");
  const start = whole.slice(0, most);
  const placesOf = (test) => start.flatMap((char, at) => (test(char, start[at + 1] || "") ? [at] : []));
  const ends = placesOf((char, next) => /[；，。：]/.test(char) || (/[;,.:]/.test(char) && /\s/.test(next))).filter((at) => at > Math.floor(most / 4));
  const spaces = placesOf((char) => /\s/.test(char));
  const cut = [ends, spaces, [most]].find((places) => places.length).pop();
  return start.slice(0, cut).join("").trimEnd() + " …";
}

// ------------------------------------------------------------------ a claim

const hedges = (claim) => claim.held.every((s) => s.certainty === "hedged");
const aspectOf = (claim) => agreed(claim.held.map((s) => s.aspect).filter(Boolean));
const basisAmong = ({ phrases }, claim) => Object.keys(phrases.bases).find((basis) => claim.held.some((s) => s.basis === basis));
const referencesAmong = (statements) => unique(statements.map((s) => s.reference)).sort();

// Third person, plain form, Chinese, and what follows the object in Chinese.
function verbOf({ phrases }, claim) {
  const manner = agreed(claim.held.map((s) => s.effect));
  const aspect = aspectOf(claim);
  const { manners, verbs, aspects } = phrases;
  if (Object.hasOwn(manners, manner)) return (claim.sign === 1 && manners[manner + "+"]) || manners[manner];
  const [third, plain, zh] = verbs[claim.predicate];
  if (!aspect || (aspect === "activity" && ["activates", "inhibits"].includes(claim.predicate))) return [third, plain, zh, ""];
  return [`${third} the ${aspects[aspect].en} of`, `${plain} the ${aspects[aspect].en} of`, zh, `的${aspects[aspect].zh}`];
}

// What a claim says, without its context: subject, verb, object; no full stop.
function clauseOf(kb, claim, lang, may = hedges(claim)) {
  const [third, plain, zh, after] = verbOf(kb, claim);
  const [subject, object] = [nounIn(kb, claim.subject, lang), nounIn(kb, claim.object, lang)];
  if (lang === "zh") return subject + (may ? "可能" : "") + zh + object + after;
  const subjects = isOfKinds(kb, claim.subject, ["CellType"]) ? manyCells(subject) : subject;
  const verb = may ? `may ${plain.replace(/^are /, "be ")}` : subjects === subject ? third : plain;
  return `${subjects} ${verb} ${object}`;
}

// ------------------------------------------------------------------ contexts

const isOneContext = (claim) => agreed(claim.held.map((s) => JSON.stringify(s.context))) !== null;
const contextValues = (claim, field) => unique(claim.held.flatMap((s) => s.context[field] || [])).sort();
const contextIn = (kb, context, lang) => Object.entries(kb.phrases.fields).filter(([field]) => context[field])
  .map(([field, name]) => name[lang] + COLON[lang] + labelsIn(kb, context[field], lang)).join(SEMICOLON[lang]);
