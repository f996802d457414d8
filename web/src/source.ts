// Where the page has its data from: the file carries all of it, the service is asked piece by piece.

import type { Index } from "./index";
import type { Article, Node, Scene } from "./scene";
import type { View } from "./state";

/** What search finds: a node, and the name or words of it that matched. */
export interface Hit { node: Node; found: string }

/** What is around a node, and how much there is of it in the whole graph; `id` may be another node's that stands for it, `next` is the first of the statements that are left. */
export interface Part { id: string; scene: Scene; statements: number; neighbours: number; next: number }

/** From which of its neighbours and statements on a node is asked for, and what lets statements through. */
export interface Wanted { skip: number; first: number; view: View }

/** What the filters offer, of the whole graph; `classes` counts nodes, `far` says whether there is an overview. */
export interface Facets {
  nodes: number; far: number; statements: number; classes: Record<string, number>; types: string[]; stances: string[]; articles: Article[];
}

/** All nodes but quotations, or the heaviest `of` them all, each with its spot; lines as the places of their ends. */
export interface Far { nodes: FarNode[]; lines: [number, number][]; of: number }
export interface FarNode { id: string; cls: string; label: string; weight: number; far: [number, number] }

export interface Opening { index: Index; facets: Facets }

/**
 * The one seam between the page and its data; `api.ts` has the other implementation.
 * Every scene is whole in itself: its numbers of statements and articles are places within it; `Index.add` takes it in.
 */
export interface DataSource {
  /** Whether the opening holds the whole graph, so that nothing is left to ask for. */
  readonly whole: boolean;
  opening(): Promise<Opening>;
  /** A node with statements, and its neighbours from the `skip`th heaviest on, with the edges among them. */
  node(id: string, wanted: Wanted): Promise<Part>;
  /** The heaviest incidents, places and quotations that the filters let through, with their statements. */
  matching(view: View): Promise<Scene>;
  /** The nodes of a shortest path in their order, ends included, with the edges between them; no node: no path. */
  path(from: string, to: string): Promise<Scene>;
  search(words: string, most: number): Promise<Hit[]>;
  far(): Promise<Far>;
  /** Which nodes of the overview the filters let through; `known` are those of the nodes that the page has. */
  passing(view: View, known: ReadonlySet<string>): Promise<ReadonlySet<string>>;
}
