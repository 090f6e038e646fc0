// SPDX-License-Identifier: Apache-2.0
// A SPARQL query as tokens, along the terminals of SPARQL 1.1: enough to tell code from strings,
// comments and IRIs, to refuse what is no question to this page, and to say where a fault is.

const SPARQL_TOKEN = new RegExp([
  "(?<space>\\s+|#[^\\n\\r]*)",
  "(?<iri><[^\\x00-\\x20<>\"{}|^`]*>)",
  "(?<string>\"\"\"(?:\"{0,2}(?:[^\"\\\\]|\\\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\\\]|\\\\.))*'''|\"(?:[^\"\\\\\\n\\r]|\\\\[^\\n\\r])*\"|'(?:[^'\\\\\\n\\r]|\\\\[^\\n\\r])*')",
  "(?<var>[?$][\\p{L}\\p{N}_]+)",
  "(?<blank>_:[\\p{L}\\p{N}_.\\-]+)",
  "(?<name>(?:\\p{L}(?:[\\p{L}\\p{N}_.\\-·]*[\\p{L}\\p{N}_\\-·])?)?:(?:[\\p{L}\\p{N}_:.\\-·%]|\\\\.)*)",
  "(?<lang>@[A-Za-z][A-Za-z0-9\\-]*)",
  "(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+\\-]?\\d+)?)",
  "(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)",
  "(?<mark>.)",
].join("|"), "gsu");
const SPARQL_DEPTH = 200; // as on the server
const SPARQL_UPDATES = ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"];

const sparqlTokens = (query) => [...query.matchAll(SPARQL_TOKEN)]
  .map(({ 0: text, index, groups }) => ({ kind: Object.keys(groups).find((kind) => groups[kind] !== undefined), text, start: index, end: index + text.length }))
  .filter((token) => token.kind !== "space");

// Line and column of an offset, both counted from 1.
function sparqlPlace(query, offset) {
  const before = query.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: before.at(-1).length + 1, offset };
}

// The first token after the prologue, which tells what a request is.
function sparqlVerb(tokens) {
  let at = 0;
  while (at < tokens.length && /^(BASE|PREFIX)$/i.test(tokens[at].text)) at += /^BASE$/i.test(tokens[at].text) ? 2 : 3;
  return tokens[at] || null;
}

const givesGraph = (tokens) => /^(CONSTRUCT|DESCRIBE)$/i.test((sparqlVerb(tokens) || {}).text);

// The first bracket that stands deeper than any query needs, and than the parser can bear.
function tooDeep(tokens) {
  let depth = 0;
  return tokens.find(({ kind, text }) => {
    if (kind === "mark" && "([{".includes(text)) depth += 1;
    if (kind === "mark" && ")]}".includes(text)) depth -= 1;
    return depth > SPARQL_DEPTH;
  });
}

// Why a query is refused, and where; null for one that may be asked.
function sparqlRefusal(query, tokens) {
  const verb = sparqlVerb(tokens);
  const update = verb && SPARQL_UPDATES.includes(verb.text.toUpperCase());
  const service = tokens.find((token) => token.kind === "word" && /service/i.test(token.text));
  const found = update ? verb : service || tooDeep(tokens);
  return found ? { place: sparqlPlace(query, found.start), text: word(update ? "sparql_update" : service ? "sparql_service" : "sparql_deep") } : null;
}
