// SPDX-License-Identifier: Apache-2.0
// What a reader must know before trusting a path, step by step, in both languages. As
// exograph.paths.cautions has it; a question of the page asks for no context.

const CLASHING = ["organism", "tissue", "cell"];

// All cautions of a path, by step and then in the order of their codes.
function cautionsOf(kb, question, path, steps) {
  const found = [
    ...steps.flatMap((step) => [
      ...cautionsOfWording(kb, step), ...cautionsOfDispute(kb, step), ...cautionsOfTissue(kb, step),
      ...cautionsOfNotice(kb, question, step), ...cautionsOfComparison(kb, step),
    ]),
    ...clashesIn(kb, steps), ...opposedIn(kb, path, steps), ...partsIn(kb, steps), ...cargoIn(kb, path, steps), ...variantsIn(kb, path),
  ];
  const place = ({ code }) => kb.phrases.codes.indexOf(code);
  return found.sort((a, b) => a.step - b.step || place(a) - place(b));
}

// gaps gives what fills a template, by language; the template is usually that of the code.
function cautionOf(kb, code, step, gaps, template = code) {
  const text = (lang) => sentenceOf(filled(kb, template, lang, gaps(lang)), lang);
  return { code, step, text_en: text("en"), text_zh: text("zh") };
}

function cautionsOfWording(kb, { number, claim, sign, basis }) {
  const found = [];
  const told = (lang) => ({ claim: clauseOf(kb, claim, lang, false) });
  if (sign === "?") found.push(cautionOf(kb, "unsigned_step", number, (lang) => unsignedGaps(kb, claim, lang)));
  if (hedges(claim)) found.push(cautionOf(kb, "hedged_step", number, told));
  if (basis === "inferred") found.push(cautionOf(kb, "inferred_step", number, told));
  const dampened = claim.held.filter((s) => s.effect === "attenuates_induction");
  if (dampened.length) {
    const expressed = { en: aspectOf(claim) === "expression" ? "expression of " : "", zh: "" };
    found.push(cautionOf(kb, "attenuates_induction", number, (lang) => ({
      by: citedIn(kb, referencesAmong(dampened), lang),
      subject: labelIn(kb, claim.subject, lang),
      object: expressed[lang] + labelIn(kb, claim.object, lang),
    }), claim.sign === 1 ? "attenuates_induction_downwards" : "attenuates_induction"));
  }
  return found;
}

function cautionsOfDispute(kb, { number, claim }) {
  if (!objectionsTo(kb, claim, "en").length) return [];
  return [cautionOf(kb, "disputed_step", number, (lang) => ({ objections: objectionsTo(kb, claim, lang).join(SEMICOLON[lang]) }))];
}

// For each effect and field the nearest effect before that does not fit it. Organisms and tissues
// clash with any step before; cells are a handover, from the last step that names one.
function clashesIn(kb, steps) {
  const effects = steps.filter((step) => step.sign !== null);
  return effects.flatMap(({ number, claim }, place) => CLASHING.flatMap((field) => {
    const here = contextValues(claim, field);
    const given = effects.slice(0, place).reverse().map((step) => ({ other: step.number, there: contextValues(step.claim, field) })).filter(({ there }) => there.length);
    const fit = field === "tissue" ? kb.kin.meet : kb.kin.related;
    const clash = (field === "cell" ? given.slice(0, 1) : given).find(({ there }) => here.length && !fit(here, there));
    if (!clash) return [];
    return [cautionOf(kb, field === "cell" ? "other_cell" : "context_clash", number, (lang) => ({
      step: number, here: labelsIn(kb, here, lang), other: clash.other, there: labelsIn(kb, clash.there, lang), field: kb.phrases.fields[field][lang],
    }), "context_clash")];
  }));
}

// Curated conflicts of which a stretch of the path, or one of its steps, is one side. A denial is
// told of the step itself.
function opposedIn(kb, { entities }, steps) {
  const sides = kb.conflicts.flatMap((conflict) => {
    const [one, other] = conflict.claims.map((id) => kb.claims.get(id));
    return [{ conflict, here: one, there: other }, { conflict, here: other, there: one }];
  });
  return sides.flatMap(({ conflict, here, there }) => {
    const [first, last] = [entities.indexOf(here.subject), entities.indexOf(here.object)];
    if (first < 0 || first >= last || here.id === there.id || here.sign === null || there.sign === null || !there.held.length) return [];
    if (steps.slice(first, last).reduce((sign, { claim }) => sign * (claim.sign === null ? 1 : claim.sign), 1) !== here.sign) return [];
    return [cautionOf(kb, "opposed_elsewhere", last, (lang) => ({ opposite: oppositeIn(kb, conflict, there, lang) }))];
  });
}

// Cargo that another paper found than the one that tells the effects, perhaps of others.
function cargoIn(kb, { telling, references }, steps) {
  if (telling === "stitched" || steps.every((step) => step.sign === null)) return [];
  const tellers = references.map((id) => studyOf(kb, id));
  const apart = ({ claim }) => claim.predicate === "carries" && !claim.held.some((s) => tellers.includes(studyOf(kb, s.reference)));
  return steps.filter(apart).map(({ number, tail, head, claim }) => cautionOf(kb, "cargo_elsewhere", number, (lang) => ({
    vesicle: labelIn(kb, tail, lang), cargo: labelIn(kb, head, lang), by: citedIn(kb, referencesAmong(claim.held), lang), tellers: citedIn(kb, references, lang),
  })));
}

// An effect of a whole phase, where only a process in it was changed.
function partsIn(kb, steps) {
  const follows = (step, n) => n > 0 && step.sign !== null && steps[n - 1].claim.predicate === "part_of_phase";
  return steps.filter(follows).map(({ number, tail }) => cautionOf(kb, "part_for_whole", number, (lang) => ({
    part: labelIn(kb, steps[number - 2].tail, lang), whole: labelIn(kb, tail, lang),
  })));
}

// A variant is not the plain thing, whatever the path ends at.
function variantsIn(kb, { entities }) {
  return entities.flatMap((id, n) => {
    const plain = kb.variants.filter(([variant]) => variant === id).map(([, thing]) => thing).sort();
    return plain.length ? [cautionOf(kb, "variant", Math.max(n, 1), (lang) => ({ variant: labelIn(kb, id, lang), plain: labelsIn(kb, plain, lang) }))] : [];
  });
}
