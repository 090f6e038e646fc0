// SPDX-License-Identifier: Apache-2.0
// What the page carries compressed: libraries and triples, unpacked when they are first needed.

const carries = (id) => byId(id) !== null;

async function unpacked(id) {
  const text = atob(byId(id).textContent);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

const unpackedText = async (id) => new TextDecoder().decode(await unpacked(id));

// A library runs from an element whose text the policy of the page knows by its digest.
async function runPacked(script, style) {
  const [code, looks] = await Promise.all([unpackedText(script), unpackedText(style)]);
  document.head.append(el("style", {}, looks.replaceAll("\r\n", "\n")));
  document.head.append(el("script", {}, code.replaceAll("\r\n", "\n")));
}
