// Who answers: the service by its endpoint, or Oxigraph in this page.

import init, { Store } from "oxigraph/web.js";
import { fromJson, fromTriples, type Rows } from "./sparql_terms";

export interface Engine { ask(query: string): Promise<Rows> }

const ROWS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";

export class Endpoint implements Engine {
  constructor(private readonly url: string) {}

  async ask(query: string): Promise<Rows> {
    const answer = await fetch(this.url, { method: "POST", body: new URLSearchParams({ query }),
      headers: { Accept: `${ROWS}, ${TRIPLES}` } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text.trim());
    return answer.headers.get("Content-Type")?.startsWith(ROWS) ? fromJson(text) : fromTriples(text);
  }
}

/** The blocks `wasm` and `quads` of the page, read when the first query is asked. */
export class Embedded implements Engine {
  private store?: Promise<Store>;

  constructor(private readonly prologue: string) {}

  async ask(query: string): Promise<Rows> {
    this.store ??= loaded();
    const store = await this.store;
    // the graph of a file is the union of all, as the service's is, unless the query names graphs itself
    const union = !/\bFROM\b/i.test(query);
    const found = store.query(this.prologue + query, { use_default_graph_as_union: union, results_format: format(query) });
    return format(query) === ROWS ? fromJson(found as string) : fromTriples(found as string);
  }
}

/** Rows, or statements: what the first word after the prologue asks for. */
function format(query: string): string {
  const bare = query.replace(/<[^>\s]*>|"(?:[^"\\\n]|\\.)*"/g, "<>").replace(/#.*$/gm, "");
  return /\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bare)?.[1]?.match(/CONSTRUCT|DESCRIBE/i) ? TRIPLES : ROWS;
}

async function loaded(): Promise<Store> {
  await init({ module_or_path: await block("wasm") });
  const store = new Store();
  store.load(new TextDecoder().decode(await block("quads")), { format: "application/n-quads", no_transaction: true, lenient: true });
  return store;
}

/** A block of the page: base64 of gzip. */
async function block(id: string): Promise<ArrayBuffer> {
  const element = document.getElementById(id);
  if (!element?.textContent) throw new Error(`the page has no #${id}`);
  const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  element.remove();
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
