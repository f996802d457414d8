// The graph that the page itself carries.

import { Index } from "./index";
import { shortest } from "./path";
import type { Scene } from "./scene";
import { finder, type Finder } from "./search";
import type { DataSource, Facets, Hit, Opening, Part } from "./source";
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
}

function facetsOf(scene: Scene): Facets {
  const classes: Record<string, number> = {};
  for (const node of scene.nodes) classes[node.cls] = (classes[node.cls] ?? 0) + 1;
  return {
    nodes: scene.nodes.length, statements: scene.statements.length, classes, articles: scene.articles,
    types: some(scene.nodes.map((node) => node.type)), stances: some(scene.statements.map((each) => each.stance)),
  };
}

function some(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => Boolean(value)))].sort();
}
