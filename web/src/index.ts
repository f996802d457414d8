// Look-ups over what is known of the graph; it grows as pieces come in.

import type { Line } from "./lines";
import type { Edge, Look, Node, Scene, Statement } from "./scene";

export class Index {
  readonly scene: Scene;
  readonly node = new Map<string, Node>();
  /** What there is of a node in the whole graph, where not all of it is here. */
  readonly totals = new Map<string, { statements: number; neighbours: number; next: number }>();
  /** The lines at each node that have been asked for (lines.ts). */
  readonly lines = new Map<string, readonly Line[]>();
  /** Which node stands for an id that is drawn as another. */
  private readonly kept = new Map<string, string>();
  private readonly edge = new Map<string, Edge>();
  readonly look = new Map<string, Look>();
  private readonly statement = new Map<string, number>();
  private readonly article = new Map<string, number>();
  private readonly at = new Map<string, Set<number>>();
  private readonly ends = new Map<string, Set<Edge>>();

  constructor(opening: Scene) {
    this.scene = { ...opening, articles: [], nodes: [], edges: [], statements: [], folded: [] };
    for (const look of opening.looks) this.look.set(look.cls, look);
    this.add(opening);
  }

  /** How much is known: another number when something has come in. */
  get size(): number { return this.scene.nodes.length + this.scene.edges.length + this.scene.statements.length; }

  /** Take in a piece; what is known already stays, and gains what the piece says more. */
  add(piece: Scene): void {
    this.lines.clear();
    for (const [other, kept] of piece.folded) this.kept.set(other, kept);
    const articles = piece.articles.map((each) => this.place(this.article, this.scene.articles, each));
    const fresh = piece.statements.map((each) => !this.statement.has(each.id));
    const statements = piece.statements.map((each) => this.place(this.statement, this.scene.statements, each));
    const moved = (places: number[] | undefined) => places?.map((place) => statements[place]!);
    piece.statements.forEach((each, n) => {
      const known = this.scene.statements[statements[n]!]!;
      if (fresh[n]) Object.assign(known, { article: articles[each.article] ?? -1 });
      for (const link of ["contradicts", "corroborates", "responds_to"] as const) {
        const found = union(fresh[n] ? undefined : known[link], moved(each[link]));
        if (found) known[link] = found;
      }
      if (fresh[n]) this.mention(known, statements[n]!);
    });
    for (const each of piece.nodes) this.addNode(each);
    for (const each of piece.edges) this.addEdge(each, moved(each.statements));
  }

  /** The node that stands for an id, or the nodes at the ends of a line: itself, or what it is drawn as. */
  standing(id: string): string { return id.split(" ").map((each) => this.kept.get(each) ?? each).join(" "); }

  /** The statements that a node has a part in, in their order. */
  of(id: string): Statement[] { return this.places(id).map((place) => this.scene.statements[place]!); }

  /** The places of these statements in the scene. */
  places(id: string): number[] { return [...(this.at.get(id) ?? [])].sort((a, b) => a - b); }

  /** The edges that a node is an end of. */
  around(id: string): Edge[] { return [...(this.ends.get(id) ?? [])]; }

  label(id: string | undefined): string {
    return (id && this.node.get(id)?.label) || id?.split("/").pop() || "";
  }

  private place<T extends { id: string }>(known: Map<string, number>, all: T[], each: T): number {
    const found = known.get(each.id);
    if (found !== undefined) return found;
    known.set(each.id, all.length);
    return all.push({ ...each }) - 1;
  }

  private mention(each: Statement, place: number): void {
    for (const id of [each.claimant, each.quotation, each.event, ...(each.about ?? [])]) if (id) put(this.at, id, place);
  }

  private addNode(each: Node): void {
    if (this.node.has(each.id)) return;
    this.node.set(each.id, each);
    this.scene.nodes.push(each);
  }

  private addEdge(each: Edge, statements: number[] | undefined): void {
    const known = this.edge.get(edgeId(each));
    const edge = known ?? { ...each };
    const rests = union(known?.statements, statements);
    if (rests) edge.statements = rests;
    for (const end of [edge.source, edge.target]) {
      put(this.ends, end, edge);
      for (const place of statements ?? []) put(this.at, end, place);
    }
    if (known) return;
    this.edge.set(edgeId(each), edge);
    this.scene.edges.push(edge);
  }
}

function edgeId(edge: Edge): string { return [edge.source, edge.predicate, edge.label, edge.target, edge.mode].join(" "); }

function put<T>(into: Map<string, Set<T>>, key: string, value: T): void {
  const found = into.get(key);
  if (found) found.add(value); else into.set(key, new Set([value]));
}

function union(one: number[] | undefined, other: number[] | undefined): number[] | undefined {
  return one && other ? [...new Set([...one, ...other])].sort((a, b) => a - b) : one ?? other;
}
