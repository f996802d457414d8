// Answers of SPARQL: rows, truth values, statements; and the shipped queries with values for their parameters.

export interface Term { type: "uri" | "literal" | "bnode"; value: string; datatype?: string; "xml:lang"?: string }
export type Row = Record<string, Term | undefined>;
export interface Rows { columns: string[]; rows: Row[]; truth?: boolean; statements?: boolean }
export interface Parameter { name: string; default: string; help: string }
export interface Query { name: string; help: string; sparql: string; parameters: Parameter[] }

interface Json { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Row[] } }

/** SPARQL results in JSON, as the W3C defines them. */
export function fromJson(text: string): Rows {
  const json = JSON.parse(text) as Json;
  if (json.boolean !== undefined) return { columns: [], rows: [], truth: json.boolean };
  return { columns: json.head.vars ?? [], rows: json.results?.bindings ?? [] };
}

const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (?:(<[^>]*>|_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?) \.$/;

/** Statements from N-Triples, as rows of subject, predicate, object. */
export function fromTriples(text: string): Rows {
  const rows = text.split("\n").filter(Boolean).map((line) => TRIPLE.exec(line)).filter((found) => found !== null)
    .map((found): Row => ({ subject: node(found[1]!), predicate: { type: "uri", value: unescaped(found[2]!) },
      object: found[3] ? node(found[3]) : { type: "literal", value: unescaped(found[4]!), "xml:lang": found[5], datatype: found[6] } }));
  return { columns: ["subject", "predicate", "object"], rows, statements: true };
}

function node(text: string): Term {
  return text.startsWith("<") ? { type: "uri", value: unescaped(text.slice(1, -1)) } : { type: "bnode", value: text };
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
function unescaped(text: string): string {
  return text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, short?: string, long?: string, letter?: string) =>
    letter === undefined ? String.fromCodePoint(parseInt(short ?? long!, 16)) : ESCAPES[letter] ?? letter);
}

/** The query with these values for its parameters; like kg/query/named.py, a value never becomes syntax. */
export function bound(sparql: string, parameters: Parameter[], values: Map<string, string>): string {
  return parameters.reduce((text, { name, default: usual }) => {
    const value = values.get(name);
    if (value === undefined || value === "") return text;
    const line = new RegExp(`VALUES \\$${name} \\{ (?:"[^"]*"|<[^>]*>|-?[0-9.]+) \\}`, "g");
    return text.replace(line, () => `VALUES $${name} { ${written(name, usual, value)} }`);
  }, sparql);
}

/** A value as a term of the default's kind. */
function written(name: string, usual: string, value: string): string {
  if (usual.startsWith('"')) return quoted(value);
  if (usual.startsWith("<")) {
    if (/[\s<>"{}|\\^`\u0000-\u0020]/.test(value)) throw new Error(`${name}: an IRI is needed`);
    return `<${value}>`;
  }
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw new Error(`${name}: a number is needed, like ${usual}`);
  return value;
}

function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
}

/** What is usually given for a parameter, as one types it. */
export function usual(parameter: Parameter): string { return parameter.default.replace(/^["<]|[">]$/g, ""); }

const NUMERIC = /(?:integer|decimal|double|float|int|long|short)$/;
export function number(term: Term | undefined): number | undefined {
  if (term?.type !== "literal" || !NUMERIC.test(term.datatype ?? "")) return undefined;
  const found = Number(term.value);
  return Number.isFinite(found) ? found : undefined;
}

/** The end of an IRI, a number with what it counts, or the words. */
export function short(term: Term | undefined): string {
  if (!term) return "";
  if (term.type !== "uri") return term.value;
  return decoded(/[^#/]+\/\d+$/.exec(term.value)?.[0] ?? term.value.replace(/^.*[#/](?=[^#/]+$)/, ""));
}

function decoded(text: string): string { try { return decodeURIComponent(text); } catch { return text; } }
