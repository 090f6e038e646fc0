// SPDX-License-Identifier: Apache-2.0
// Answers questions for mechanism paths with the page's own files, which the arguments name in their
// order. Reads {worlds: [{data, questions}]} as JSON, writes for each world its answers on a line.
// With --repeat N each question is asked N times more; then the milliseconds are written instead.
// With --tell each path is also told: it has the words of the page as `words`.

import { readFileSync } from "node:fs";

const given = process.argv.slice(2);
const repeat = given[0] === "--repeat" ? Number(given.splice(0, 2)[1]) : 0;
const tell = given[0] === "--tell" && given.shift();
const body = given.map((file) => readFileSync(file, "utf-8")).join("\n");
const names = ["mechanismWalks", "findMechanisms", ...(tell ? ["tellPath"] : [])];
const { mechanismWalks, findMechanisms, tellPath } = new Function(`"use strict";\n${body}\nreturn { ${names} };`)();

function timed(act) {
  const began = performance.now();
  act();
  return performance.now() - began;
}

function told(walks, question) {
  const answer = findMechanisms(walks, question);
  return { ...answer, paths: answer.paths.map((path) => ({ ...path, words: tellPath(walks, question, path) })) };
}

for (const { data, questions } of JSON.parse(readFileSync(0, "utf-8")).worlds) {
  let walks = null;
  const made = timed(() => { walks = mechanismWalks(data); });
  const answer = (question) => {
    if (tell) return told(walks, question);
    if (!repeat) return findMechanisms(walks, question);
    return [made, ...Array.from({ length: repeat + 1 }, () => timed(() => findMechanisms(walks, question)))];
  };
  process.stdout.write(JSON.stringify(questions.map(answer)) + "\n");
}
