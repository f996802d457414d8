// The whole graph at once: sigma.js where the browser has WebGL, else dots on a canvas.

import Graph from "graphology";
import Sigma from "sigma";
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import { printable } from "./dom";
import { dots } from "./dots";
import { room, type Box } from "./labels";
import type { Look } from "./scene";
import type { Far, FarNode } from "./source";

export interface Seen { passed: ReadonlySet<string>; selected: string | null }
/** A drawing of all nodes that have a far spot. */
export interface Painter { show(seen: Seen): void; restyle(): void; end(): void }
export type Looks = ReadonlyMap<string, Look>;

const EDGE = "#8a8a8a30";

export function overview(pane: HTMLElement, far: Far, looks: Looks, select: (id: string | null) => void): Painter {
  pane.dataset.engine = webgl() ? "sigma" : "canvas";
  if (pane.dataset.engine === "canvas") return dots(pane, far, looks, select);
  try {
    return drawn(pane, far, looks, select);
  } catch (error) { // as when too many tabs hold all of the contexts that there are
    console.info(error);
    pane.dataset.engine = "canvas";
    pane.replaceChildren();
    return dots(pane, far, looks, select);
  }
}

/** WebGL by a graphics card; where the processor has to imitate one, a plain canvas is faster. Not all browsers call that a caveat. */
function webgl(): boolean {
  const context = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !/swiftshader|llvmpipe|software/i.test(renderer);
}

function drawn(pane: HTMLElement, far: Far, looks: Looks, select: (id: string | null) => void): Painter {
  let seen: Seen = { passed: new Set(), selected: null };
  let near = new Set<string>();
  const visible = (id: string) => seen.passed.has(id);
  const [graph, beside] = [graphOf(far, looks), neighbourhood(far)];
  const taken: Box[] = []; // by names of this frame
  const sigma = new Sigma(graph, pane, {
    labelFont: "system-ui, sans-serif", labelSize: 13, labelColor: { color: colour("--ink") }, defaultDrawNodeLabel: (pen, node, settings) => name(pen, node, settings, taken), defaultDrawNodeHover: (pen, node, settings) => name(pen, node, settings), labelRenderedSizeThreshold: 5, labelDensity: 0.4, labelGridCellSize: 120,
    defaultEdgeColor: EDGE, zIndex: true, hideEdgesOnMove: true, minCameraRatio: 0.02, maxCameraRatio: 2,
    nodeReducer: (id, data) => ({
      ...data, hidden: !visible(id), highlighted: id === seen.selected, forceLabel: near.has(id) && near.size < 20, zIndex: near.has(id) ? 1 : 0,
      ...(near.size && !near.has(id) ? { color: colour("--line"), label: null } : {}),
    }),
    edgeReducer: (id, data) => {
      const [source, target] = graph.extremities(id) as [string, string];
      const lit = seen.selected === source || seen.selected === target;
      return { ...data, hidden: !visible(source) || !visible(target) || (near.size > 0 && !lit), ...(lit ? { color: "#0072b2", size: 2 } : {}) };
    },
  });
  sigma.on("beforeRender", () => { taken.length = 0; });
  sigma.on("clickNode", ({ node }) => select(node));
  sigma.on("clickStage", () => select(null));
  return {
    show(now) {
      seen = now;
      near = beside(now.selected);
      sigma.refresh();
    },
    restyle() { sigma.setSetting("labelColor", { color: colour("--ink") }); sigma.refresh(); },
    end() { sigma.kill(); },
  };
}

function graphOf({ nodes, lines }: Far, looks: Looks): Graph {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const node of nodes) {
    graph.addNode(node.id, { x: node.far[0], y: -node.far[1], size: radius(node), label: printable(node.label).slice(0, 60), color: looks.get(node.cls)?.colour });
  }
  for (const [a, b] of lines) graph.mergeUndirectedEdge(nodes[a]!.id, nodes[b]!.id, { size: 0.6 });
  return graph;
}

export function radius(node: FarNode): number { return Math.min(1.6 + Math.sqrt(node.weight) / 2.2, 13); }

/** Finds the selected node and its neighbours. */
export function neighbourhood({ nodes, lines }: Far): (selected: string | null) => Set<string> {
  const at = new Map(nodes.map((node, n) => [node.id, n]));
  return (selected) => {
    const n = at.get(selected ?? "");
    if (n === undefined) return new Set();
    const found = lines.filter(([a, b]) => a === n || b === n).map(([a, b]) => nodes[a === n ? b : a]!.id);
    return new Set([nodes[n]!.id, ...found]);
  };
}

/** A name beside its node, on a rim of paper, if it lies on none of those that are `taken`; without them that of the selected node, with a ring. */
function name(pen: CanvasRenderingContext2D, node: PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">, { labelSize, labelFont }: Settings, taken?: Box[]): void {
  [pen.font, pen.lineJoin, pen.fillStyle] = [`${labelSize}px ${labelFont}`, "round", colour("--ink")];
  if (!taken) {
    [pen.strokeStyle, pen.lineWidth] = [colour("--ink"), 2.5];
    pen.beginPath();
    pen.arc(node.x, node.y, node.size + 2, 0, 2 * Math.PI);
    pen.stroke();
  }
  const [x, y, label] = [node.x + node.size + 4, node.y + labelSize / 3, node.label ?? ""];
  if (!label || (taken && !room([x, node.y - labelSize * 0.6, x + pen.measureText(label).width + 4, node.y + labelSize * 0.6], taken))) return;
  [pen.strokeStyle, pen.lineWidth] = [colour("--paper"), 4];
  pen.strokeText(label, x, y);
  pen.fillText(label, x, y);
}

function colour(name: string): string { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
