// SPDX-License-Identifier: Apache-2.0
// Which statements count under the filters, and the marks that no reader should miss.

let forced = new Set(); // claims that are shown whatever the filters say: what was asked for
const strongest = new Map(); // the basis of a claim by what is admitted of it; emptied by a filter

const loose = new Map(); // comparisons with primary papers that no statement carries, by triple
for (const v of DATA.verifications) {
  const triple = [v.subject, v.predicate, v.object].join("|");
  loose.set(triple, [...(loose.get(triple) || []), v]);
}

const admitted = (s) => !state.filters.off.has(s.source) && !(s.other_tissue && state.filters.hidden.has("other_tissue"));
const beside = (claim) => Boolean(ENTITIES.get(claim.subject).comparator || ENTITIES.get(claim.object).comparator);

// Why a claim is left out: of which source, tissue or vesicle it is; null if it is not.
function leftOut(id) {
  const claim = CLAIMS.get(id);
  const { off, hidden } = state.filters;
  if (forced.has(id)) return null;
  if (claim.statements.every((s) => off.has(s.source))) return "source";
  if (!claim.statements.some(admitted)) return "other_tissue";
  return hidden.has("comparator") && beside(claim) ? "comparator" : null;
}

// What is said for a claim by the sources that are on; all of it, if none is.
function told(id) {
  const { statements } = CLAIMS.get(id);
  const held = statements.filter(admitted);
  return held.length ? held : statements;
}

function basisOf(id) {
  if (!strongest.has(id)) {
    const said = told(id);
    const held = said.filter((s) => s.stance === "supports" && !s.retracted).map((s) => s.basis);
    const denied = said.some((s) => s.stance !== "supports" && !s.retracted);
    strongest.set(id, STYLE.bases.find((b) => held.includes(b)) || (denied ? "refuted" : "retracted"));
  }
  return strongest.get(id);
}

// Line width by how many references support it, none of them retracted.
function widthOf(id) {
  const references = new Set(told(id).filter((s) => !s.retracted).map((s) => s.reference));
  const widths = STYLE.widths[CLAIMS.get(id).sign];
  return widths[Math.min(Math.max(references.size, 1), widths.length) - 1];
}

const paraphrased = (s) => (DATA.sources[s.source] || {}).evidence === "paraphrases";
const differing = (v) => v.verdict === "contradicted" || v.verdict === "supported_with_difference" || (v.verdict === "not_found" && v.read === "full");

const marked = new Map(); // likewise, for every picture that is drawn asks for them
function marksOf(id) {
  if (!marked.has(id)) marked.set(id, findMarks(id));
  return marked.get(id);
}

function findMarks(id) {
  const claim = CLAIMS.get(id);
  const said = told(id);
  const compared = [...said.flatMap((s) => s.verification || []), ...(loose.get([claim.subject, claim.predicate, claim.object].join("|")) || [])];
  const holds = {
    retracted: said.some((s) => s.retracted),
    differs: compared.some(differing),
    other_tissue: said.every((s) => s.other_tissue),
    paraphrase: said.every(paraphrased),
  };
  return Object.keys(STYLE.marks).filter((name) => holds[name]);
}

// The grade of a claim: that of its best supporting statement.
const gradeOfClaim = (id) => STYLE.grades.find((grade) => CLAIMS.get(id).statements.some((s) => s.stance === "supports" && !s.retracted && s.grade === grade)) || null;

function gradeOf(id) {
  const grades = told(id).filter((s) => s.stance === "supports").map((s) => s.grade);
  return STYLE.grades.find((g) => grades.includes(g)) || null;
}

// Marks and grade in a row: signs with the words as a title, rare ones with the words beside.
function marksRow(id) {
  const grade = gradeOf(id);
  const made = marksOf(id).map((name) => el("span", { class: "flag " + name, title: word("mark_help." + name) }, `${STYLE.marks[name]} ${word("mark." + name)}`));
  if (grade && grade !== "none") made.unshift(el("span", { class: "flag", title: word("grade_help") }, `${word("grade")} ${grade}`));
  return made.length ? el("span", { class: "flags" }, made) : null;
}
