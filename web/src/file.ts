// The graph that the page itself carries.

import { Index } from "./index";
import { shortest } from "./path";
import type { Node, Scene } from "./scene";
import { finder, type Finder } from "./search";
import type { DataSource, Facets, Far, FarNode, Hit, Opening, Part } from "./source";
import type { View } from "./state";
import { unpacked, type Packed } from "./wire";

export class FileSource implements DataSource {
  readonly whole = true;
  private readonly index: Index;
  private readonly nothing: Scene;
  private find?: Finder;

  constructor(block: HTMLElement) {
    const scene = unpacked(JSON.parse(block.textContent ?? "") as Packed);
    block.remove(); // the text is large, and read
    this.nothing = { ...scene, articles: [], nodes: [], edges: [], statements: [], folded: [] };
    this.index = new Index(scene);
  }

  async opening(): Promise<Opening> { return { index: this.index, facets: facetsOf(this.index.scene) }; }

  async node(id: string): Promise<Part> { return { id, scene: this.nothing, statements: 0, neighbours: 0, next: 0 }; }

  async matching(): Promise<Scene> { return this.nothing; }

  async path(from: string, to: string): Promise<Scene> {
    return { ...this.nothing, nodes: shortest(this.index, from, to).map((id) => this.index.node.get(id)!) };
  }

  async search(words: string, most: number): Promise<Hit[]> {
    this.find ??= finder(this.index.scene.nodes);
    return this.find(words, most);
  }

  async far(): Promise<Far> { return farOf(this.index.scene); }

  async passing(_: View, known: ReadonlySet<string>): Promise<ReadonlySet<string>> { return known; }
}

function farOf({ nodes, edges }: Scene): Far {
  const drawn = nodes.filter((node): node is Node & FarNode => Boolean(node.far));
  const at = new Map(drawn.map((node, n) => [node.id, n]));
  const lines = edges.filter((edge) => edge.mode !== "direct").map((edge): [number, number] => [at.get(edge.source) ?? -1, at.get(edge.target) ?? -1]);
  return { nodes: drawn, lines: lines.filter(([a, b]) => a >= 0 && b >= 0 && a !== b), of: drawn.length };
}

function facetsOf(scene: Scene): Facets {
  const classes: Record<string, number> = {};
  for (const node of scene.nodes) classes[node.cls] = (classes[node.cls] ?? 0) + 1;
  return {
    nodes: scene.nodes.length, far: Number(scene.nodes.some((node) => node.far)), statements: scene.statements.length, classes, articles: scene.articles,
    types: some(scene.nodes.map((node) => node.type)), stances: some(scene.statements.map((each) => each.stance)),
  };
}

function some(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => Boolean(value)))].sort();
}
