// What is shown: the mirror of kg/view/scene.py. Left-out keys mean "none".

export interface Article { id: string; title: string; publisher?: string; published?: string; url?: string }
export interface Node {
  id: string; cls: string; label: string; names?: string[]; type?: string; earliest?: string; latest?: string;
  precision?: string; lat?: number; lon?: number; within?: string[]; posts?: string[]; weight: number;
  opening?: number; disputed?: number; spot?: [number, number]; far?: [number, number];
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
  /** Ids that are drawn as another node, each with that one. */
  folded: [string, string][];
}
