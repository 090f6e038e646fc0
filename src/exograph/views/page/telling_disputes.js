// SPDX-License-Identifier: Apache-2.0
// What all that the page has says against a claim, or beside it, whatever a question filters. As
// exograph.paths.disputes has it.

// Who denies an effect, found none, or found the opposite; empty for structural claims.
function objectionsTo(kb, { id, sign }, lang) {
  if (sign === null) return [];
  const claim = kb.claims.get(id);
  const against = claim.statements.filter(isDenial);
  const denied = against.length ? [filled(kb, "denied", lang, { by: saidBy(kb, against, lang) })] : [];
  const others = claimsBeside(kb, claim).filter((other) => other.predicate === "no_effect_on" || other.sign * sign < 0);
  return [...denied, ...others.map((other) => {
    if (other.predicate === "no_effect_on") return filled(kb, "no_effect", lang, { by: saidBy(kb, other.held, lang) });
    return oppositeIn(kb, conflictOf(kb, id, other.id), other, lang);
  })];
}

// Who says it; and where, if all of it was seen in other tissues than the skin.
function saidBy(kb, statements, lang) {
  const by = citedIn(kb, referencesAmong(statements), lang);
  if (!statements.every((s) => s.other_tissue)) return by;
  return by + bracketed(filled(kb, "seen_in", lang, { tissues: labelsIn(kb, tissuesOf(statements), lang) }), lang);
}

const tissuesOf = (statements) => unique(statements.flatMap((s) => s.context.tissue || [])).sort();

// Why a sign is not known; if another claim on the same two entities gives one, that is said too.
function unsignedGaps(kb, claim, lang) {
  const others = claimsBeside(kb, claim).filter((other) => other.sign).map((other) => {
    const by = citedIn(kb, referencesAmong(other.held), lang);
    return bracketed(filled(kb, "sign_elsewhere", lang, { claim: clauseOf(kb, other, lang), by }), lang);
  });
  return { claim: clauseOf(kb, claim, lang), others: others.join("") };
}

// Supported claims with the same subject and object and another predicate.
const claimsBeside = (kb, { subject, predicate, object }) =>
  kb.leaving.get(subject).filter((other) => other.object === object && other.predicate !== predicate && other.held.length);

// The other side of a conflict, with who says it and what explains the two, if curated.
function oppositeIn(kb, conflict, other, lang) {
  return filled(kb, "opposite", lang, { by: saidBy(kb, other.held, lang), claim: clauseOf(kb, other, lang), why: explanationIn(kb, conflict, lang) });
}

const conflictOf = ({ conflicts }, ...ids) => conflicts.find((c) => JSON.stringify([...c.claims].sort()) === JSON.stringify(ids.sort()));

// The context fields that a curator says explain a conflict.
function explanationIn(kb, conflict, lang) {
  const explained = (conflict && conflict.explained_by) || [];
  const fields = Object.entries(kb.phrases.fields).filter(([field]) => explained.includes(field)).map(([, name]) => name[lang]);
  return fields.length ? bracketed(filled(kb, "explained_by", lang, { fields: enumerated(fields, lang) }), lang) : "";
}
