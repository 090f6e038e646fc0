// SPDX-License-Identifier: Apache-2.0
// Asks with Comunica: in comes a list of {name, query, sources} as JSON, out goes a list of {name, body, ms}.
// A source is one of Comunica's, or {file}: N-Quads, over which Comunica does all the work itself.
// A body is SPARQL Results JSON, or N-Triples; where there is none, `error` says why.
import { text } from 'node:stream/consumers';
import { readFileSync } from 'node:fs';
import { QueryEngine } from '@comunica/query-sparql';
import { Parser, Store } from 'n3';

const ROWS = 'application/sparql-results+json';
const FORMS = { bindings: ROWS, boolean: ROWS, quads: 'application/n-triples' };
const engine = new QueryEngine();

const files = new Map();

function source(given) {
  if (!given.file) return given;
  if (!files.has(given.file)) {
    files.set(given.file, new Store(new Parser().parse(readFileSync(given.file, 'utf8'))));
  }
  return files.get(given.file);
}

async function answer({ name, query, sources: given }) {
  const sources = given.map(source);
  const began = performance.now();
  try {
    const result = await engine.query(query, { sources });
    const { data } = await engine.resultToString(result, FORMS[result.resultType]);
    return { name, body: await text(data), ms: performance.now() - began };
  } catch (error) {
    return { name, error: String(error) };
  }
}

const answers = [];
for (const question of JSON.parse(await text(process.stdin))) answers.push(await answer(question));
process.stdout.write(JSON.stringify(answers));
