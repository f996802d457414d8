// Reads what kg/view/wire.py packs: strings by their places in one table, records as rows of a named shape.

import type { Scene } from "./scene";

type Value = number | null | Value[];
type Shapes = Record<string, [name: string, kind: string][]>;
export interface Packed {
  title: string; shapes: Shapes; strings: string[]; looks: Scene["looks"];
  folded: [number, number][]; articles: Value[][]; nodes: Value[][]; edges: Value[][]; statements: Value[][];
}

export function unpacked(from: Packed): Scene {
  const rows = <T>(shape: string, found: Value[][]) => found.map((row) => record(from, shape, row) as T);
  return {
    title: from.title, looks: from.looks,
    articles: rows("Article", from.articles), nodes: rows("Node", from.nodes),
    edges: rows("Edge", from.edges), statements: rows("Statement", from.statements),
    folded: from.folded.map(([other, kept]) => [from.strings[other]!, from.strings[kept]!]),
  };
}

function record(from: Packed, shape: string, row: Value[]): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  from.shapes[shape]!.forEach(([name, kind], at) => {
    const value = row[at];
    if (value !== null && value !== undefined) made[name] = read(from, kind, value);
  });
  return made;
}

function read(from: Packed, kind: string, value: Value): unknown {
  if (kind === "number") return value;
  if (kind === "string") return Array.isArray(value) ? value.map((each) => from.strings[each as number]) : from.strings[value as number];
  return (value as Value[][]).map((row) => record(from, kind, row));
}
