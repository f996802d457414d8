// The graph as kg serve offers it, piece by piece.

import { Index } from "./index";
import type { Look, Scene } from "./scene";
import type { DataSource, Facets, Far, Hit, Opening, Part, Wanted } from "./source";
import { filtering, through, type View } from "./state";
import { unpacked, type Packed } from "./wire";

type Piece = Omit<Packed, "looks">;
interface Panorama {
  of: number; ids: string[]; labels: string[]; classes: string[]; cls: number[]; weights: number[]; spots: number[]; lines: number[];
}
interface First { scene: Piece; facets: Facets; looks: Look[]; basemap: unknown }

/** How often to ask again while the service still reads a graph that was just opened. */
const PATIENCE = 150;

export class ApiSource implements DataSource {
  readonly whole = false;
  private looks: Look[] = [];
  private readonly parts = new Map<string, Promise<Part>>();
  private panorama?: Promise<Far>;

  constructor(private readonly base: string) {}

  async opening(): Promise<Opening> {
    const found = await this.get<First>("opening", {});
    this.looks = found.looks;
    carry("basemap", found.basemap);
    return { index: new Index(this.scene(found.scene)), facets: found.facets };
  }

  /** What was asked once is not asked again: the page keeps all that it knows. */
  node(id: string, { skip, first, view }: Wanted): Promise<Part> {
    const key = `node?${through(view)}&id=${encodeURIComponent(id)}&skip=${skip}&first=${first}`;
    const known = this.parts.get(key);
    if (known) return known;
    const asked = this.get<{ id: string; scene: Piece; statements: number; neighbours: number; next: number }>(key, {})
      .then(({ scene, ...totals }) => ({ ...totals, scene: this.scene(scene) }))
      .catch((error: unknown) => { this.parts.delete(key); return this.nothing(id, error); });
    this.parts.set(key, asked);
    return asked;
  }

  async matching(view: View): Promise<Scene> {
    return this.scene((await this.get<{ scene: Piece }>(`matching?${through(view)}`, {})).scene);
  }

  async path(from: string, to: string): Promise<Scene> {
    return this.scene((await this.get<{ scene: Piece }>("path", { from, to })).scene);
  }

  async search(words: string, most: number): Promise<Hit[]> {
    if (!words.trim()) return [];
    const { scene, found } = await this.get<{ scene: Piece; found: string[] }>("search", { q: words, most: String(most) });
    return this.scene(scene).nodes.map((node, n) => ({ node, found: found[n] ?? node.label }));
  }

  /** All nodes with their spots; asked for once. */
  far(): Promise<Far> {
    this.panorama ??= this.get<Panorama>("panorama", {}).then(unrolled).catch((error: unknown) => { this.panorama = undefined; throw error; });
    return this.panorama;
  }

  async passing(view: View): Promise<ReadonlySet<string>> {
    const far = await this.far();
    const plain = !filtering({ ...view, classes: [] });
    const numbers = plain ? null : (await this.get<{ numbers: number[] }>(`passing?${through(view)}`, {})).numbers;
    const nodes = numbers ? numbers.map((n) => far.nodes[n]).filter((node) => node !== undefined) : far.nodes;
    return new Set(nodes.filter((node) => !view.classes.includes(node.cls)).map((node) => node.id));
  }

  private scene(piece: Piece): Scene { return unpacked({ ...piece, looks: this.looks }); }

  /** A link may name a node that is not in the graph any more: the page then shows that nothing is known of it. */
  private nothing(id: string, error: unknown): Part {
    if (!(error instanceof Missing)) throw error;
    const scene = { title: "", looks: this.looks, articles: [], nodes: [], edges: [], statements: [], folded: [] };
    return { id, scene, statements: 0, neighbours: 0, next: 0 };
  }

  private async get<T>(name: string, values: Record<string, string>): Promise<T> {
    const words = new URLSearchParams(values).toString();
    for (let turn = 0; ; turn++) {
      const answer = await fetch(`${this.base}${name}${words ? `?${words}` : ""}`);
      if (answer.ok && answer.status !== 202) return (await answer.json()) as T;
      if (answer.status === 404) throw new Missing(name);
      if (![202, 503].includes(answer.status) || turn >= PATIENCE) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
      await waiting(Number(answer.headers.get("Retry-After")) || 1);
    }
  }
}

function unrolled({ ids, labels, classes, cls, weights, spots, lines, of }: Panorama): Far {
  return {
    of,
    nodes: ids.map((id, n) => ({ id, label: labels[n]!, cls: classes[cls[n]!]!, weight: weights[n]!, far: [spots[2 * n]!, spots[2 * n + 1]!] })),
    lines: Array.from({ length: lines.length / 2 }, (_, n) => [lines[2 * n]!, lines[2 * n + 1]!]),
  };
}

class Missing extends Error {}

/** The page reads what it carries from blocks; what came later is put where it would have been. */
function carry(id: string, data: unknown): void {
  const block = document.createElement("script");
  [block.type, block.id, block.textContent] = ["application/json", id, JSON.stringify(data)];
  document.body.append(block);
}

function waiting(seconds: number): Promise<void> {
  const status = document.getElementById("status");
  if (status && !status.textContent) status.textContent = "The service is still reading the graph…";
  return new Promise((done) => setTimeout(done, seconds * 1000));
}
