// What is shown: the mirror of kg/view/scene.py. Left-out keys mean "none".

import { unpacked, type Packed } from "./wire";

export interface Article { id: string; title: string; publisher?: string; published?: string; url?: string }
export interface Node {
  id: string; cls: string; label: string; names?: string[]; type?: string; earliest?: string; latest?: string;
  precision?: string; lat?: number; lon?: number; within?: string[]; posts?: string[]; weight: number;
  opening?: number; disputed?: number; spot?: [number, number];
}
export interface Edge {
  source: string; target: string; predicate: string; label: string; statements?: number[]; mode: string;
}
export interface Mark { start: number; end: number; part: string }
export interface Passage { text: string; start: number; part: string; marks?: Mark[] }
export interface Count {
  text: string; measure: string; unit?: string; population?: string; low?: number; best?: number; high?: number;
  bound?: string;
}
export interface Statement {
  id: string; kind: string; article: number; claimant?: string; voice?: string; post?: string; stance?: string;
  certainty?: string; polarity?: string; temporality?: string; quotation?: string; event?: string;
  about?: string[]; figures?: Count[]; passages?: Passage[]; confidence?: number; found_by?: string;
  contradicts?: number[]; corroborates?: number[]; responds_to?: number[];
}
export interface Look { cls: string; label: string; colour: string; shape: string }
export interface Scene {
  title: string; articles: Article[]; nodes: Node[]; edges: Edge[]; statements: Statement[]; looks: Look[];
}

/** The scene that the page carries. */
export function embedded(): Scene {
  const block = document.getElementById("scene");
  if (!block?.textContent) throw new Error("the page carries no scene");
  return unpacked(JSON.parse(block.textContent) as Packed);
}

/** Look-ups over one scene. */
export class Index {
  readonly node = new Map<string, Node>();
  readonly look = new Map<string, Look>();
  private readonly at = new Map<string, Set<number>>();

  constructor(readonly scene: Scene) {
    for (const node of scene.nodes) this.node.set(node.id, node);
    for (const look of scene.looks) this.look.set(look.cls, look);
    scene.statements.forEach((statement, n) => {
      for (const id of [statement.claimant, statement.quotation, statement.event, ...(statement.about ?? [])]) {
        if (id) this.add(id, n);
      }
    });
    for (const edge of scene.edges) {
      for (const n of edge.statements ?? []) { this.add(edge.source, n); this.add(edge.target, n); }
    }
  }

  private add(id: string, n: number): void {
    const found = this.at.get(id);
    if (found) found.add(n); else this.at.set(id, new Set([n]));
  }

  /** The statements that a node has a part in, in their order. */
  of(id: string): Statement[] {
    return [...(this.at.get(id) ?? [])].sort((a, b) => a - b).map((n) => this.scene.statements[n]!);
  }

  label(id: string | undefined): string {
    return (id && this.node.get(id)?.label) || id?.split("/").pop() || "";
  }
}
