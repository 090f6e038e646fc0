// SPDX-License-Identifier: Apache-2.0
// A path in words: a sentence for each step with who says it, the verdict, and the cautions. As
// exograph.paths.explain has it, and documents of the command line.

// {text_en, text_zh, warnings: [{code, step, text_en, text_zh}]} of a path of findMechanisms, with
// what mechanismWalks made and the question that it answers.
function tellPath(walks, question, path) {
  const kb = knowledgeOf(walks);
  const whole = { ...MECHANISM_QUESTION, ...question };
  const steps = path.claims.map((id, n) => {
    const claim = admittedClaim(kb, id, whole);
    return { number: n + 1, claim, tail: path.entities[n], head: path.entities[n + 1], sign: path.signs[n], basis: basisAmong(kb, claim) };
  });
  const warnings = cautionsOf(kb, whole, path, steps);
  const text = (lang) => [
    ...steps.map((step) => `${step.number}. ${stepIn(kb, steps, step, lang)}`),
    sentenceOf(verdictIn(kb, path, steps, lang), lang),
    sentenceOf(tellersIn(kb, path, steps, lang), lang),
    ...warnings.map((warning) => filled(kb, "caution", lang, { step: warning.step, text: warning["text_" + lang] })),
  ].join("\n");
  return { text_en: text("en"), text_zh: text("zh"), warnings };
}

function stepIn(kb, steps, step, lang) {
  const { claim, sign, basis } = step;
  const source = [citationsIn(kb, step, lang), ...(kb.phrases.bases[basis] ? [kb.phrases.bases[basis][lang]] : [])];
  const text = [
    clauseOf(kb, claim, lang),
    sign === "?" ? filled(kb, "no_direction", lang) : "",
    sign !== null && isOneContext(claim) ? bracketed(contextIn(kb, claim.held[0].context, lang), lang) : "",
    bracketed(source.join(SEMICOLON[lang]), lang),
    transferIn(kb, steps, step, lang),
    FULL_STOP[lang],
  ];
  return sentenceOf(text.join(""), lang);
}

// Who takes the cargo up, if an effect follows: the cell of that effect, and that it is so.
function transferIn(kb, steps, { number, claim }, lang) {
  const effect = steps.slice(number).find((step) => step.sign !== null);
  if (claim.predicate !== "carries" || !effect) return "";
  const cells = contextValues(effect.claim, "cell").map((cell) => labelIn(kb, cell, lang));
  if (!cells.length) return filled(kb, "recipients_unknown", lang);
  return filled(kb, "recipients", lang, { step: effect.number, cells: enumerated(lang === "en" ? cells.map(manyCells) : cells, lang) });
}

// The path's sign, and whether that is wanted. It is about the end, or about the process in a phase
// at the end.
function verdictIn(kb, path, steps, lang) {
  if (steps.every((step) => step.sign === null)) return filled(kb, "structure_only", lang);
  const last = steps[steps.length - 1];
  const changed = last.claim.predicate === "part_of_phase" ? last.tail : last.head;
  const noun = nounIn(kb, changed, lang);
  const name = changed === last.head ? noun : filled(kb, "part_of", lang, { part: noun, whole: nounIn(kb, last.head, lang) });
  if (path.sign === "?") {
    const vague = steps.filter((step) => step.sign === "?").map((step) => String(step.number));
    return filled(kb, vague.length > 1 ? "sign_unknown_of_several" : "sign_unknown", lang, { name, steps: enumerated(vague, lang) });
  }
  const turn = path.sign === "+" ? "up" : "down";
  const amount = isOfKinds(kb, changed, kb.phrases.amounts) ? "amount_" : "";
  const { desired } = kb.entities[changed];
  const wanted = desired ? filled(kb, desired.direction === turn ? "wanted" : "unwanted", lang, { by: referenceIn(kb, desired.reference, lang) }) : "";
  return filled(kb, `${amount}goes_${turn}`, lang, { name }) + wanted + FULL_STOP[lang];
}

// Who tells the path: one mechanism, studies alone, or several that hand the story over.
function tellersIn(kb, path, steps, lang) {
  const named = (ids) => ids.map((id) => referenceIn(kb, id, lang));
  const by = enumerated(named(path.references), lang);
  if (path.telling === "told") {
    const mechanism = kb.mechanisms.find((m) => m.id === path.mechanism);
    return filled(kb, "told", lang, { by: referenceIn(kb, mechanism.reference, lang), title: mechanism["title_" + lang] });
  }
  if (path.telling === "coherent") {
    if (steps.filter((step) => step.sign !== null).length === 1) return filled(kb, "coherent_in_one_effect", lang, { by });
    const studies = unique(path.references.map((id) => studyOf(kb, id)));
    const who = studies.map((study) => named(path.references.filter((id) => studyOf(kb, id) === study)).join("/"));
    return filled(kb, studies.length > 1 ? "coherent_each" : "coherent", lang, { by: enumerated(who, lang) });
  }
  return path.handovers.length ? joinedIn(kb, path, steps, lang) : filled(kb, "stitched_by_one", lang, { by });
}

// Which paper tells which steps, and the entities where they join.
function joinedIn(kb, { handovers }, steps, lang) {
  const effects = steps.filter((step) => step.sign !== null);
  const deciding = effects.length ? effects : steps;
  const begins = [deciding[0].number, ...handovers.map((hand) => hand.step), steps.length + 1];
  const givers = [handovers[0].from, ...handovers.map((hand) => hand.to)];
  const parts = givers.map((giver, n) => {
    const own = deciding.filter(({ number }) => begins[n] <= number && number < begins[n + 1]);
    const [first, last] = [own[0].number, own[own.length - 1].number];
    const told = filled(kb, first === last ? "tells_step" : "tells_steps", lang, { by: referenceIn(kb, giver, lang), first, last });
    return told + bracketed(settingIn(kb, giver, own, lang), lang);
  });
  return filled(kb, "stitched", lang, {
    number: unique(givers).length, parts: parts.join(COMMA[lang]), places: enumerated(handovers.map((hand) => nounIn(kb, hand.entity, lang)), lang),
  });
}

// Tissue, organism and model in which a reference shows its steps, as far as it says.
function settingIn(kb, giver, steps, lang) {
  const told = steps.flatMap((step) => step.claim.held.filter((s) => s.reference === giver));
  const values = ["tissue", "organism", "model"].flatMap((field) => told.flatMap((s) => s.context[field] || []));
  return labelsIn(kb, unique(values), lang);
}
