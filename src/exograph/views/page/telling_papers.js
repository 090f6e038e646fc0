// SPDX-License-Identifier: Apache-2.0
// Cautions on the papers behind a step: where it was shown, notices, what the primary paper says. As
// exograph.paths.cautions_of_papers has it.

// Support that was not seen in skin.
function cautionsOfTissue(kb, { number, claim }) {
  const away = claim.held.filter((s) => s.other_tissue);
  if (!away.length) return [];
  return [cautionOf(kb, "other_tissue", number, (lang) => ({
    by: citedIn(kb, referencesAmong(away), lang), tissues: labelsIn(kb, tissuesOf(away), lang),
  }))];
}

// Papers that were retracted, whether they count or not, and papers that were corrected.
function cautionsOfNotice(kb, { with_retracted }, { number, claim }) {
  const told = { retracted: with_retracted ? "retracted_counted" : "retracted", corrected: "corrected" };
  return Object.entries(told).flatMap(([notice, template]) => {
    const noticed = referencesAmong(claim.statements).filter((id) => kb.references[id].notice === notice);
    if (!noticed.length) return [];
    const have = noticed.length === 1 ? "has" : "have";
    return [cautionOf(kb, notice, number, (lang) => ({ by: citedIn(kb, noticed, lang, false), have }), template)];
  });
}

// Where the primary paper says something else than the reference that cites it. Statements of one
// reference have the same comparisons.
function cautionsOfComparison(kb, { number, claim }) {
  const found = unique(claim.held.map((s) => s.reference)).flatMap((id) => claim.held.find((s) => s.reference === id).verification || []);
  return found.filter((v) => Object.hasOwn(kb.phrases.compared, v.verdict)).map((v) => {
    const code = kb.phrases.compared[v.verdict];
    return cautionOf(kb, code, number, (lang) => ({
      by: referenceIn(kb, v.reference, lang), said: shortened(v.primary_says), read: kb.phrases.reads[v.read][lang],
    }), code === "not_found" && v.read === "full" ? "not_found_in_full" : code);
  });
}
