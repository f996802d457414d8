// The overview without WebGL: a dot for each node, names of the heaviest, on a plain canvas.

import { select as pick } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import { el, printable } from "./dom";
import { room, type Box } from "./labels";
import { neighbourhood, radius, type Looks, type Painter, type Seen } from "./overview";
import type { Far, FarNode } from "./source";

const NAMES = 60;
const FONT = 12.5;
const STROKED = 50; // lines at once: the time that a path takes grows with the square of its length

export function dots(pane: HTMLElement, far: Far, looks: Looks, select: (id: string | null) => void): Painter {
  const canvas = el("canvas", { class: "dots" });
  pane.replaceChildren(canvas);
  const ratio = devicePixelRatio || 1;
  const [width, height] = [pane.clientWidth, pane.clientHeight];
  [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const nodes = [...far.nodes].sort((a, b) => a.weight - b.weight);
  const beside = neighbourhood(far);
  const home = fitted(nodes, width, height);
  let [at, seen, wait]: [ZoomTransform, Seen, number] = [home, { passed: new Set(), selected: null }, 0];
  let near = new Set<string>();
  const draw = () => paint(canvas.getContext("2d")!, { far, looks, nodes, at, seen, near, ratio, width, height });
  const later = () => { cancelAnimationFrame(wait); wait = requestAnimationFrame(draw); };
  const zooming = zoom<HTMLCanvasElement, unknown>().scaleExtent([home.k / 2, home.k * 60])
    .on("zoom", (event: { transform: ZoomTransform }) => { at = event.transform; later(); });
  pick(canvas).call(zooming).call(zooming.transform, home).on("dblclick.zoom", null);
  canvas.addEventListener("click", (event) => {
    const [x, y] = at.invert([event.offsetX, event.offsetY]);
    const hit = nodes.findLast((node) => seen.passed.has(node.id) && Math.hypot(node.far[0] - x, node.far[1] - y) * at.k < radius(node) + 2);
    select(hit?.id ?? null);
  });
  return { show(now) { [seen, near] = [now, beside(now.selected)]; later(); }, restyle: later, end() { cancelAnimationFrame(wait); } };
}

function fitted(nodes: FarNode[], width: number, height: number): ZoomTransform {
  const [xs, ys] = [0, 1].map((axis) => nodes.map((node) => node.far[axis as 0 | 1])) as [number[], number[]];
  const ends = (all: number[]): [number, number] => [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)];
  const [[left, right], [top, bottom]] = [ends(xs), ends(ys)];
  const k = 0.94 * Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1));
  return zoomIdentity.translate(width / 2 - (k * (left + right)) / 2, height / 2 - (k * (top + bottom)) / 2).scale(k);
}

interface Drawing {
  far: Far; looks: Looks; nodes: FarNode[]; at: ZoomTransform; seen: Seen; near: Set<string>; ratio: number; width: number; height: number;
}

function paint(pen: CanvasRenderingContext2D, { far, looks, nodes, at, seen, near, ratio, width, height }: Drawing): void {
  const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const shown = nodes.filter((node) => seen.passed.has(node.id));
  const point = (node: FarNode) => at.apply(node.far);
  pen.strokeStyle = near.size ? "#0072b2" : "#8a8a8a40";
  pen.lineWidth = near.size ? 1.5 : 0.5;
  let many = 0;
  pen.beginPath();
  for (const [source, target] of far.lines) {
    const [a, b] = [far.nodes[source]!, far.nodes[target]!];
    const lit = !near.size || a.id === seen.selected || b.id === seen.selected;
    if (!lit || !seen.passed.has(a.id) || !seen.passed.has(b.id)) continue;
    pen.moveTo(...point(a));
    pen.lineTo(...point(b));
    if (++many % STROKED === 0) { pen.stroke(); pen.beginPath(); }
  }
  pen.stroke();
  for (const node of shown) {
    const [x, y] = point(node);
    if (x < -20 || x > width + 20 || y < -20 || y > height + 20) continue;
    pen.globalAlpha = near.size && !near.has(node.id) ? 0.2 : 1;
    pen.fillStyle = looks.get(node.cls)?.colour ?? "#888";
    pen.beginPath();
    pen.arc(x, y, radius(node), 0, 2 * Math.PI);
    pen.fill();
  }
  pen.globalAlpha = 1;
  names(pen, shown.filter((node) => !near.size || near.has(node.id)).reverse(), point, ink, width, height);
}

function names(pen: CanvasRenderingContext2D, nodes: FarNode[], point: (node: FarNode) => [number, number], ink: string, width: number, height: number): void {
  pen.font = `${FONT}px system-ui, sans-serif`;
  pen.fillStyle = ink;
  const taken: Box[] = [];
  for (const node of nodes) {
    if (taken.length >= NAMES) return;
    const [x, y] = point(node);
    if (x < 0 || x > width || y < 0 || y > height) continue;
    const text = printable(node.label).slice(0, 40);
    const left = x + radius(node) + 3;
    if (room([left, y - FONT / 2 - 1, left + pen.measureText(text).width, y + FONT / 2 + 1], taken)) pen.fillText(text, left, y + FONT / 3);
  }
}
