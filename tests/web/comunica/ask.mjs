// SPDX-License-Identifier: Apache-2.0
// Asks with Comunica: in comes a list of {name, query, sources} as JSON, out goes a list of {name, body}.
// A body is SPARQL Results JSON, or N-Triples; where there is none, `error` says why.
import { text } from 'node:stream/consumers';
import { QueryEngine } from '@comunica/query-sparql';

const ROWS = 'application/sparql-results+json';
const FORMS = { bindings: ROWS, boolean: ROWS, quads: 'application/n-triples' };
const engine = new QueryEngine();

async function answer({ name, query, sources }) {
  try {
    const result = await engine.query(query, { sources });
    const { data } = await engine.resultToString(result, FORMS[result.resultType]);
    return { name, body: await text(data) };
  } catch (error) {
    return { name, error: String(error) };
  }
}

const answers = [];
for (const question of JSON.parse(await text(process.stdin))) answers.push(await answer(question));
process.stdout.write(JSON.stringify(answers));
