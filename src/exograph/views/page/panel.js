// SPDX-License-Identifier: Apache-2.0
// The panel: what is known about the chosen entity, claim, mechanism or path, and who says it.

const fact = (title, ...content) => [el("dt", {}, title), el("dd", {}, content)];
const section = (key, ...content) => (content.flat().length ? [el("h3", {}, word(key)), ...content.flat()] : []);
const link = (text, action) => el("button", { class: "link", type: "button", onclick: action }, text);
const entityLink = (id) => (ENTITIES.has(id) ? link(labelOf(id), () => choose("entity", id)) : document.createTextNode(id));
const referenceLink = (id, text = citation(id)) => (Object.hasOwn(DATA.references, id) ? link(text, () => choose("reference", id)) : document.createTextNode(text));
const entityLinks = (ids) => ids.flatMap((id, i) => (i ? [joiner(), entityLink(id)] : [entityLink(id)]));
const signClass = (sign) => (sign === "positive" || sign === "negative" ? sign : "");

// The address of an entity's own page, or with "" of the list of all: a file of the site that this page is part of, or of
// `exograph serve`; null if there is neither.
function ownPage(id) {
  if (DATA.site) return `${state.lang === "zh" ? "zh/" : ""}entity${id && `/${encodeURIComponent(id)}`}.html`;
  return location.protocol === "http:" || location.protocol === "https:" ? `/entity/${encodeURIComponent(id)}?lang=${state.lang}` : null;
}

function outside(href, text) {
  return el("a", { href, rel: "noopener noreferrer", target: "_blank" }, text);
}

function entityPanel(id) {
  const entity = ENTITIES.get(id);
  const claims = [...CLAIMS].filter(([, c]) => c.subject === id || c.object === id);
  const open = claims.filter(([claim]) => !leftOut(claim));
  const out = open.filter(([, c]) => c.subject === id);
  const into = open.filter(([, c]) => c.object === id && c.subject !== id);
  const orderOf = entity.type === "Vesicle" ? cargoFirst : effectsFirst;
  const facts = el("dl", { class: "facts" });
  if (entity.desired) facts.append(...fact(word("desired"), word("desired." + entity.desired.direction) + " ", referenceLink(entity.desired.reference)));
  if (entity.synonyms) facts.append(...fact(word("synonyms"), entity.synonyms.join(state.lang === "zh" ? "；" : "; ")));
  if (entity.species) facts.append(...fact(word("species"), entity.species));
  const identifiers = [...(entity.exact_match || []).map((c) => [c, "exact"]), ...(entity.close_match || []).map((c) => [c, "close"])];
  facts.append(...fact(word("identifiers"), el("div", { class: "id" }, id), identifiers.map(([curie, how]) => el("div", { class: "id" }, `${curie} (${word(how)})`))));
  const told = [entity.description, entity.description_zh];
  const description = (state.lang === "zh" ? told.reverse() : told).find(Boolean);
  const stories = DATA.mechanisms.filter((m) => m.steps.some((step) => { const c = CLAIMS.get(step); return c && (c.subject === id || c.object === id); }));
  return [
    el("h2", {}, labelOf(id)),
    otherLabelOf(id) === labelOf(id) ? null : el("p", { class: "other" }, otherLabelOf(id)),
    el("div", { class: "tags" }, el("span", { class: "tag" }, mark(entity.type), kindLabel(entity.type)), (entity.roles || []).map((r) => roleTag(r))),
    description ? el("p", {}, description) : null,
    facts,
    claims.length ? el("div", { class: "work" }, workButtons(id)) : null,
    ownPage(id) ? el("p", {}, el("a", { href: ownPage(id) }, word("own_page"))) : null,
    ...section("attributes", attributesOf(id)),
    ...(claims.length ? [] : [el("p", {}, word("no_claims"))]),
    ...section("out", out.length ? [claimList(out, (c) => c.object, { orderOf })] : []),
    ...section("in", into.length ? [claimList(into, (c) => c.subject, { orderOf, incoming: true })] : []),
    ...leftOutOf(id, claims, orderOf),
    ...section("part_of_stories", stories.map(storyButton)),
    ...remarks((remark) => remark.entity === id),
  ];
}

// Claims that the filters keep from the picture, closed but counted.
function leftOutOf(id, claims, orderOf) {
  return ["source", ...ASIDE].flatMap((reason) => {
    const found = claims.filter(([claim]) => leftOut(claim) === reason);
    const out = found.filter(([, c]) => c.subject === id);
    const into = found.filter(([, c]) => c.subject !== id);
    return found.length ? [el("details", { "data-left": reason }, el("summary", {}, leftWords(reason, found.length)),
      out.length ? claimList(out, (c) => c.object, { orderOf }) : null, into.length ? claimList(into, (c) => c.subject, { orderOf, incoming: true }) : null)] : [];
  });
}

function roleTag(role) {
  const made = el("span", { class: "tag" }, STYLE.roles[role].label[state.lang]);
  made.style.background = dark.matches ? STYLE.roles[role].dark : STYLE.roles[role].tint;
  return made;
}

const attributesOf = (id) => DATA.attributes.filter((a) => a.entity === id).map((a) => attributeCard(a));

function attributeCard(a, owner = null) {
  return el("div", { class: "card" },
    el("div", {}, owner ? [entityLink(owner), " · "] : null, el("strong", {}, word("attribute." + a.attribute)), ": ", a.verbatim, a.text_value && a.text_value !== a.verbatim ? ` (${a.text_value})` : ""),
    el("div", { class: "where" }, where(a)),
    a.quote && a.quote !== a.verbatim ? el("blockquote", {}, a.quote) : null,
    a.note ? el("p", { class: "where" }, a.note) : null);
}

const effectsFirst = (claim) => SIGNS.indexOf(claim.sign);
const cargoFirst = (claim) => (claim.predicate === "carries" ? -2 : claim.sign === "flow" ? -1 : SIGNS.indexOf(claim.sign));

function claimList(pairs, other, { orderOf, incoming = false }) {
  const sorted = [...pairs].sort(([, a], [, b]) => orderOf(a) - orderOf(b) || labelOf(other(a)).localeCompare(labelOf(other(b)), state.lang));
  return el("ul", { class: "claims" }, sorted.map(([id, claim]) => el("li", {}, claimButton(id, claim, incoming ? [labelOf(other(claim)), " ", verbSpan(claim)] : [verbSpan(claim), " ", labelOf(other(claim))]))));
}

const verbSpan = (claim) => el("span", { class: "verb" }, verb(claim.predicate));

function claimButton(id, claim, text) {
  const on = state.chosen && state.chosen.what === "claim" && state.chosen.id === id;
  const cited = referencesOf(claim);
  return el("div", { class: on ? "claim on" : "claim" },
    el("button", { type: "button", "data-claim": id, onclick: () => choose("claim", id) }, sample(claim.sign, basisOf(id)), el("span", {}, text, marksRow(id))),
    el("span", { class: "count" }, "[", cited.slice(0, 3).flatMap((r, i) => [i ? ", " : "", referenceLink(r, shortCitation(r))]), cited.length > 3 ? "…]" : "]"));
}

function where(record) {
  return [el("strong", {}, referenceLink(record.reference)), ` · ${place(record.section)}`];
}

const doiLink = (doi) => outside("https://doi.org/" + encodeURI(doi), "doi:" + doi);
const pubmedLink = (pmid) => outside("https://pubmed.ncbi.nlm.nih.gov/" + encodeURIComponent(pmid) + "/", "PMID " + pmid);

// A statement; `told`: who says it is told in full, not in the panel of that reference itself.
function statementCard(s, told = true) {
  const context = Object.entries(s.context || {});
  const facts = el("dl", { class: "facts" });
  for (const [field, ids] of context) facts.append(...fact(word("context." + field), entityLinks(ids)));
  for (const field of ["aspect", "evidence_kind", "directness"]) if (s[field]) facts.append(...fact(word(field), word(`${field}.${s[field]}`)));
  if (s.method) facts.append(...fact(word("method"), entityLinks(s.method)));
  facts.append(...fact(word("eco"), DATA.eco[s.eco][state.lang], " ", el("span", { class: "id" }, s.eco)));
  if (s.note) facts.append(...fact(word("note"), s.note));
  const reference = DATA.references[s.reference] || {};
  const outward = [];
  if (told && reference.title) outward.push(el("div", { class: "where" }, [reference.title, reference.journal, reference.year].filter(Boolean).join(". ")));
  if (told && reference.doi) outward.push(el("div", { class: "where" }, doiLink(reference.doi)));
  else if (told && reference.pmid) outward.push(el("div", { class: "where" }, pubmedLink(reference.pmid)));
  const tags = [
    el("span", { class: "tag", title: word("basis_help." + s.basis) }, sample("flow", s.basis), word("basis." + s.basis)),
    s.stance !== "supports" ? el("span", { class: "tag warn negative" }, word("stance." + s.stance)) : null,
    s.certainty !== "asserted" ? el("span", { class: "tag warn" }, word("certainty." + s.certainty)) : null,
    s.effect !== "plain" ? el("span", { class: "tag warn" }, word("effect." + s.effect)) : null,
    reference.notice ? el("span", { class: s.retracted ? "tag warn negative" : "tag warn", title: word("notice_help." + reference.notice) }, word("retraction." + reference.notice)) : null,
    s.retracted ? el("span", { class: "tag warn negative" }, word("supports_nothing")) : null,
    s.grade !== "none" ? el("span", { class: "tag", title: word("grade_help") }, `${word("grade")} ${s.grade}`) : null,
    (s.verification || []).some(differing) ? el("span", { class: "tag warn" }, `${STYLE.marks.differs} ${word("mark.differs")}`) : null,
    paraphrased(s) ? el("span", { class: "tag" }, `${STYLE.marks.paraphrase} ` + word("paraphrase_of").replace("{}", () => sourceName(s.source))) : null,
    s.other_tissue ? el("span", { class: "tag warn" }, `${STYLE.marks.other_tissue} ${word("other_tissue")}`) : null,
  ];
  return el("div", { class: "card" },
    el("div", { class: "where" }, where(s)),
    s.quote ? el("blockquote", { lang: /[\u4e00-\u9fff]/.test(s.quote) ? "zh-CN" : null }, s.quote) : el("p", { class: "where" }, word("quote_none")),
    s.paraphrase ? el("blockquote", { class: "told" }, s.paraphrase) : null,
    el("div", { class: "tags" }, tags),
    facts.childElementCount ? facts : null,
    (s.verification || []).map(comparison),
    outward);
}

// How a claim compares with the primary paper: the verdict, what was read and where, its words.
function comparison(v) {
  return el("div", { class: "compared" },
    el("div", { class: "where" }, word("verifications")),
    el("p", {}, el("strong", { class: v.verdict === "contradicted" ? "negative" : null }, word("verdict." + v.verdict)), ` · ${word("read." + v.read)} · ${v.where}`),
    el("p", {}, `${word("primary_says")}: ${v.primary_says}`),
    v.primary ? el("p", { class: "where" }, `${word("primary")}: `, referenceLink(v.primary)) : null,
    v.note ? el("p", { class: "where" }, v.note) : null);
}

function claimPanel(id) {
  const c = CLAIMS.get(id);
  const refs = new Set(referencesOf(c));
  const checked = DATA.verifications.filter((v) => v.subject === c.subject && v.predicate === c.predicate && v.object === c.object);
  const against = DATA.conflicts.filter((k) => k.claims.includes(id));
  const stories = DATA.mechanisms.filter((m) => m.steps.includes(id));
  return [
    el("h2", { class: "unseen" }, `${labelOf(c.subject)} ${verb(c.predicate)} ${labelOf(c.object)}`),
    el("div", { class: "triple" }, entityLink(c.subject),
      el("div", { class: "verb" }, sample(c.sign, basisOf(id)), el("span", { class: signClass(c.sign) }, verb(c.predicate))), entityLink(c.object)),
    el("div", { class: "tags" },
      el("span", { class: "tag " + signClass(c.sign) }, `${STYLE.signs[c.sign].symbol} ${word("sign." + c.sign)}`),
      el("span", { class: "tag", title: word("basis_help." + basisOf(id)) }, word("basis." + basisOf(id))),
      el("span", { class: "tag" }, countOf(refs.size, "reference_one", "references"))),
    marksRow(id),
    leftOut(id) ? el("p", { class: "where" }, word("not_in_picture")) : null,
    ...section("statements", c.statements.map((s) => statementCard(s))),
    ...section("verifications", checked.map((v) => el("div", { class: "card" },
      el("div", { class: "where" }, where(v)), comparison(v)))),
    ...section("conflicts", against.map((k) => conflictCard(k, id))),
    ...section("part_of_stories", stories.map(storyButton)),
    ...remarks((r) => r.reference && refs.has(r.reference) && (r.entity === c.subject || r.entity === c.object)),
  ];
}

// All that a reference is cited for: its details, and each claim with what it says in its words.
function referencePanel(id) {
  const r = DATA.references[id];
  const claims = claimsCiting(id);
  const facts = el("dl", { class: "facts" });
  for (const field of ["title", "first_author", "year", "journal"]) if (r[field] !== undefined) facts.append(...fact(word("reference." + field), String(r[field])));
  const outward = [r.doi ? doiLink(r.doi) : null, r.pmid ? pubmedLink(r.pmid) : null, r.pmcid || null].filter(Boolean);
  facts.append(...fact(word("identifiers"), el("div", { class: "id" }, id), outward.map((each) => el("div", {}, each))));
  if (r.study && r.study !== id) facts.append(...fact(word("reference.study"), r.study));
  if (r.status) facts.append(...fact(word("reference.status"), word("reference_status." + r.status)));
  if (r.notice) facts.append(...fact(word("reference.retraction"), el("span", { class: r.notice === "retracted" ? "negative" : null }, word("notice_help." + r.notice))));
  if (r.note) facts.append(...fact(word("note"), r.note));
  return [
    el("h2", {}, citation(id)),
    el("p", { class: "other" }, countOf(claims.length, "claim_one", "claims")),
    facts,
    ...(claims.length ? [] : [el("p", {}, word("cited_for_none"))]),
    ...section("cited_for", claims.map((claim) => el("div", { class: "cited" }, stepRow(claim), CLAIMS.get(claim).statements.filter((s) => s.reference === id).map((s) => statementCard(s, false))))),
    ...section("attributes", DATA.attributes.filter((a) => a.reference === id).map((a) => attributeCard(a, a.entity))),
    ...section("cited_stories", DATA.mechanisms.filter((m) => m.reference === id && m.steps.length).map(storyButton)),
    ...remarks((remark) => remark.reference === id),
  ];
}

function conflictCard(k, id) {
  const other = k.claims.find((each) => each !== id);
  return el("div", { class: "card" }, stepRow(other),
    k.explained_by ? el("p", { class: "where" }, `${word("explained_by")}: ${k.explained_by.map((f) => word("context." + f)).join(joiner())}`) : null,
    k.note ? el("p", { class: "where" }, k.note) : null);
}

function remarks(wanted) {
  return section("remarks", DATA.remarks.filter(wanted).map((r) => el("div", { class: "card" },
    el("div", { class: "where" }, r.reference ? where(r) : place(r.section)), el("p", {}, r.text),
    r.quote ? el("blockquote", {}, r.quote) : null, el("p", { class: "where" }, `${word("handling")}: ${r.handling}`))));
}

function stepRow(id) {
  const c = CLAIMS.get(id);
  return c ? claimButton(id, c, [labelOf(c.subject), " ", verbSpan(c), " ", labelOf(c.object)]) : null;
}

const steps = (ids) => el("ul", { class: "claims" }, ids.filter((id) => CLAIMS.has(id)).map((id) => el("li", {}, stepRow(id))));
const storySign = (m) => { const sign = { "+": "positive", "-": "negative", "?": "unsigned" }[m.sign]; return el("span", { class: signClass(sign), title: word("sign." + sign) }, STYLE.signs[sign].symbol); };
const storyTitle = (m) => (state.lang === "zh" ? m.title_zh : m.title_en);

function storyButton(m) {
  const on = state.chosen && state.chosen.what === "story" && state.chosen.id === m.id;
  return el("button", { class: "story", type: "button", "aria-pressed": String(Boolean(on)), onclick: () => choose("story", m.id) },
    storyTitle(m), el("small", {}, storySign(m), ` ${labelOf(m.start)} → ${labelOf(m.end)} · ${citation(m.reference)}`));
}

function storiesPanel() {
  return [el("h2", {}, word("stories")), el("p", {}, word("stories_intro")), ...Object.keys(DATA.sources).sort((a, b) => DATA.sources[b].lead - DATA.sources[a].lead).flatMap((source) => {
    const told = DATA.mechanisms.filter((m) => m.source === source && m.steps.length);
    if (!told.length || told.length === DATA.mechanisms.length) return told.map(storyButton);
    return [el("details", { open: DATA.sources[source].lead }, el("summary", {}, `${sourceName(source)} (${told.length})`), told.map(storyButton))];
  })];
}

function storyPanel(id) {
  const m = DATA.mechanisms.find((each) => each.id === id);
  return [el("h2", {}, storyTitle(m)), el("p", { class: "other" }, state.lang === "zh" ? m.title_en : m.title_zh),
    el("p", { class: "where" }, storySign(m), ` ${labelOf(m.start)} → ${labelOf(m.end)} · `, referenceLink(m.reference)),
    m.note ? el("p", {}, m.note) : null, ...section("story_steps", [steps(m.steps)]),
    el("p", {}, link("← " + word("stories"), () => choose("stories", "")))];
}

function inWords(path) {
  const parts = [];
  path.forEach((id, i) => {
    const c = CLAIMS.get(id);
    if (!c) return;
    const [from, to] = c.walk === "backward" ? [c.object, c.subject] : [c.subject, c.object];
    if (!i) parts.push(labelOf(from));
    parts.push(` ${{ positive: "→", negative: "⊣", unsigned: "⇢" }[c.sign] || "›"} ${labelOf(to)}`);
  });
  return parts.join("");
}

function pathsPanel(chosen) {
  return [el("h2", {}, word("paths")), el("p", {}, word("paths_intro")),
    DATA.paths.map((path, i) => {
      const on = i === chosen;
      const caption = DATA.captions[i] && (DATA.captions[i][state.lang] || DATA.captions[i].en);
      const button = el("button", { class: "story", type: "button", "aria-pressed": String(on), onclick: () => choose("path", String(i)),
        onmouseenter: () => glance(path), onmouseleave: () => glance(null) },
        el("strong", {}, `${i + 1}. `), inWords(path), caption ? el("small", {}, caption) : null);
      return on ? [button, steps(path)] : [button];
    })];
}

function aboutPanel() {
  return [el("h2", {}, "exograph"), el("p", { class: "other" }, word("tagline")), el("p", {}, word("about_text")), el("p", {}, word("about_keys")),
    ownPage("") ? el("p", {}, el("a", { href: ownPage("") }, word("all_pages"))) : null,
    el("p", {}, el("strong", {}, word("not_advice"))),
    ...section("about_sources", Object.values(DATA.sources).map((s) => el("div", { class: "card" }, el("p", {}, state.lang === "zh" ? s.title_zh : s.title_en),
      el("p", { class: "where" }, state.lang === "zh" ? s.title_en : s.title_zh), el("p", { class: "where" }, `${word("about_tables")} ${s.date} · ${word("licence")}: ${s.licence}`)))),
    ...remarks(() => true)];
}

function panelContent() {
  const { what, id } = state.chosen;
  if (what === "entity") return entityPanel(id);
  if (what === "claim") return claimPanel(id);
  if (what === "reference") return referencePanel(id);
  if (what === "story") return storyPanel(id);
  if (what === "stories") return storiesPanel();
  if (what === "path") return pathsPanel(Number(id));
  if (what === "paths") return pathsPanel(-1);
  if (what === "find") return finderPanel(id);
  return aboutPanel();
}
