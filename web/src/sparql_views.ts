// Answers shown: as a table, as bars, on a map, as a graph.

import { geoCentroid, geoMercator, geoPath, type GeoProjection } from "d3-geo";
import { basemap } from "./basemap";
import { el, svg } from "./dom";
import { number, short, type Row, type Rows, type Term } from "./sparql_terms";

/** `width` and `height` are those of the place for the answer, in pixels: what is drawn is not scaled. */
export interface Show { base: string; select: (id: string) => void; width: number; height: number }
export type View = (found: Rows, show: Show) => Element;

const [MOST_ROWS, MOST_BARS, MOST_DOTS, MOST_NODES] = [500, 40, 500, 80];

/** The views that an answer can be seen in, by name. */
export function views(found: Rows): Map<string, View> {
  const fitting = new Map<string, View>([["Table", table]]);
  if (found.truth !== undefined || !found.rows.length) return fitting;
  if (numeric(found)) fitting.set("Chart", chart);
  if (spots(found).length) fitting.set("Map", map);
  if (joined(found)) fitting.set("Graph", graph);
  return fitting;
}

export function csv(found: Rows): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = found.rows.map((row) => found.columns.map((name) => cell(row[name]?.value ?? "")).join(","));
  return [found.columns.join(","), ...lines, ""].join("\r\n");
}

// -------------------------------------------------------------------------------- table

function table(found: Rows, show: Show): Element {
  if (found.truth !== undefined) return el("p", { class: "truth" }, found.truth ? "Yes" : "No");
  const head = el("tr", {}, ...found.columns.map((name) => el("th", { scope: "col" }, name)));
  const body = found.rows.slice(0, MOST_ROWS).map((row) => el("tr", {}, ...found.columns.map((name) => el("td", {}, cell(row[name], show)))));
  const more = found.rows.length - body.length;
  return el("div", {}, el("table", {}, el("thead", {}, head), el("tbody", {}, ...body)),
    more > 0 ? el("p", {}, `${more.toLocaleString("en")} more rows: CSV has them all`) : null);
}

/** What the graph holds leads to its node, other web addresses out of the page; all else is text. */
function cell(term: Term | undefined, show: Show): HTMLElement | string {
  if (term?.type !== "uri") return term?.value ?? "";
  if (term.value.startsWith(show.base)) {
    const id = term.value.slice(show.base.length);
    return el("button", { class: "link", onclick: () => show.select(id) }, short(term));
  }
  return /^https?:\/\//.test(term.value)
    ? el("a", { href: term.value, rel: "noreferrer noopener", target: "_blank" }, short(term)) : term.value;
}

// -------------------------------------------------------------------------------- chart

/** The last column of numbers, and the first of words that name them. */
function numeric(found: Rows): { value: string; name: string } | null {
  const value = found.columns.findLast((name) => found.rows.some((row) => number(row[name]) !== undefined)
    && found.rows.every((row) => !row[name] || number(row[name]) !== undefined));
  const words = found.columns.filter((each) => each !== value && found.rows.some((row) => row[each]));
  const name = words.find((each) => found.rows.every((row) => row[each]?.type !== "uri")) ?? words[0];
  return value && name ? { value, name } : null;
}

function chart(found: Rows, show: Show): Element {
  const { value, name } = numeric(found)!;
  const bars = found.rows.filter((row) => number(row[value]) !== undefined).slice(0, MOST_BARS);
  const [low, high] = [Math.min(0, ...bars.map((row) => number(row[value])!)), Math.max(0, ...bars.map((row) => number(row[value])!))];
  const left = Math.min(230, show.width * 0.4);
  const x = (at: number) => left + ((at - low) / (high - low || 1)) * (show.width - left - 60);
  const made = svg("svg", { viewBox: `0 0 ${show.width} ${bars.length * 22 + 8}`, role: "img", "aria-label": `${value} by ${name}, ${bars.length} bars` });
  bars.forEach((row, n) => {
    const [from, to] = [x(Math.min(0, number(row[value])!)), x(Math.max(0, number(row[value])!))];
    made.append(
      svg("text", { x: left - 8, y: n * 22 + 17, "text-anchor": "end" }, clipped(short(row[name]), left / 7)),
      svg("rect", { x: from, y: n * 22 + 4, width: Math.max(to - from, 1), height: 16, class: "bar" }),
      svg("text", { x: to + 6, y: n * 22 + 17 }, number(row[value])!.toLocaleString("en")));
  });
  return made;
}

// -------------------------------------------------------------------------------- map

interface Spot { lat: number; lon: number; row: Row }
const POINT = /POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)/i;

/** Rows with coordinates: columns called lat and lon (or long), or points in WKT. */
function spots(found: Rows): Spot[] {
  const column = (words: RegExp) => found.columns.find((name) => words.test(name));
  const [lat, lon] = [column(/^lat(itude)?\d?$/i), column(/^lon(g|gitude)?\d?$/i)];
  return found.rows.flatMap((row) => {
    const wkt = Object.values(row).map((term) => POINT.exec(term?.value ?? "")).find(Boolean);
    const at = wkt ? [Number(wkt[2]), Number(wkt[1])] : [number(lat ? row[lat] : undefined), number(lon ? row[lon] : undefined)];
    return at[0] === undefined || at[1] === undefined ? [] : [{ lat: at[0], lon: at[1], row }];
  });
}

const CLOSEST = 4000; // pixels a radian: nearer, the coarse borders say nothing

/** Fits the points into the picture, but comes no closer than the borders bear: then the points lie in its middle. */
function fitted(points: Spot[], { width, height }: Show): GeoProjection {
  const all = { type: "MultiPoint" as const, coordinates: points.map((each) => [each.lon, each.lat]) };
  const projection = geoMercator().fitExtent([[50, 25], [width - 90, height - 25]], all);
  if (!(projection.scale() <= CLOSEST))
    projection.scale(CLOSEST).center(geoCentroid(all)).translate([width / 2, height / 2]);
  return projection.clipExtent([[0, 0], [width, height]]);
}

function map(found: Rows, show: Show): Element {
  const { width, height } = show;
  const points = spots(found).slice(0, MOST_DOTS);
  const projection = fitted(points, show);
  const made = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${points.length} points on a map` });
  made.append(svg("path", { d: geoPath(projection)(basemap().coarse) ?? "", class: "land" }));
  const taken: [number, number][] = [];
  for (const { lat, lon, row } of points) {
    const [x, y] = projection([lon, lat])!;
    const dot = svg("circle", { cx: x, cy: y, r: 5, class: "place" });
    const name = found.columns.map((each) => row[each]).find((term) => term?.type === "literal" && number(term) === undefined && !POINT.test(term.value));
    dot.append(svg("title", {}, found.columns.map((each) => `${each}: ${short(row[each])}`).join("\n")));
    made.append(dot);
    if (taken.every(([a, b]) => Math.abs(a - x) > 90 || Math.abs(b - y) > 14)) {
      made.append(svg("text", { x: x + 8, y: y + 4 }, clipped(short(name), 24)));
      taken.push([x, y]);
    }
  }
  return made;
}

// -------------------------------------------------------------------------------- graph

interface Line { from: string; to: string; label: string }

/** Which columns hold the ends of lines: subject and object of statements, else the first two of IRIs. */
function joined(found: Rows): { from: string; to: string; label?: string } | null {
  if (found.statements) return found.rows.some((row) => row["object"]?.type === "uri") ? { from: "subject", to: "object", label: "predicate" } : null;
  const [from, to] = found.columns.filter((name) => found.rows.some((row) => row[name]?.type === "uri"));
  return from && to ? { from, to } : null;
}

function graph(found: Rows, show: Show): Element {
  const ends = joined(found)!;
  const lines: Line[] = found.rows.filter((row) => row[ends.from]?.type === "uri" && row[ends.to]?.type === "uri")
    .map((row) => ({ from: row[ends.from]!.value, to: row[ends.to]!.value, label: ends.label ? short(row[ends.label]) : "" }));
  const nodes = [...new Set(lines.flatMap((line) => [line.from, line.to]))].slice(0, MOST_NODES);
  const at = placed(nodes, lines, show);
  const made = svg("svg", { viewBox: `0 0 ${show.width} ${show.height}`, role: "group", "aria-label": `${nodes.length} nodes, ${lines.length} lines` });
  for (const line of lines) {
    const [a, b] = [at.get(line.from), at.get(line.to)];
    if (!a || !b) continue;
    const drawn = svg("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], class: "edge" });
    if (line.label) drawn.append(svg("title", {}, line.label));
    made.append(drawn);
  }
  for (const each of nodes) {
    const [x, y] = at.get(each)!;
    const dot = svg("circle", { cx: x, cy: y, r: 6, class: "place" });
    dot.append(svg("title", {}, each));
    if (each.startsWith(show.base)) dot.addEventListener("click", () => show.select(each.slice(show.base.length)));
    made.append(dot, svg("text", { x, y: y + 18, "text-anchor": "middle" }, clipped(short({ type: "uri", value: each }), 20)));
  }
  return made;
}

/** Fruchterman and Reingold's forces from a spiral: the same answer gives the same picture. */
function placed(nodes: string[], lines: Line[], { width, height }: Show): Map<string, [number, number]> {
  const at = nodes.map((_, n): [number, number] => [width / 2 + 30 * Math.sqrt(n) * Math.cos(n * 2.399963), height / 2 + 20 * Math.sqrt(n) * Math.sin(n * 2.399963)]);
  const place = new Map(nodes.map((each, n) => [each, n]));
  const wanted = Math.sqrt((width * height) / Math.max(nodes.length, 1)) * 0.7;
  for (let heat = 40; heat > 0.5; heat *= 0.95) {
    const push = at.map((): [number, number] => [0, 0]);
    const force = (a: number, b: number, strength: (distance: number) => number) => {
      const [x, y] = [at[a]![0] - at[b]![0], at[a]![1] - at[b]![1]];
      const distance = Math.hypot(x, y) || 1;
      const pull = strength(distance) / distance;
      push[a]![0] += x * pull; push[a]![1] += y * pull; push[b]![0] -= x * pull; push[b]![1] -= y * pull;
    };
    for (let a = 0; a < nodes.length; a++) for (let b = 0; b < a; b++) force(a, b, (distance) => (wanted * wanted) / distance);
    for (const line of lines) {
      const [a, b] = [place.get(line.from), place.get(line.to)];
      if (a !== undefined && b !== undefined && a !== b) force(a, b, (distance) => -(distance * distance) / wanted);
    }
    at.forEach((spot, n) => {
      const length = Math.hypot(...push[n]!) || 1;
      spot[0] = Math.min(width - 50, Math.max(50, spot[0] + (push[n]![0] / length) * Math.min(length, heat)));
      spot[1] = Math.min(height - 26, Math.max(14, spot[1] + (push[n]![1] / length) * Math.min(length, heat)));
    });
  }
  return new Map(nodes.map((each, n) => [each, at[n]!]));
}

function clipped(text: string, most: number): string { return text.length > most ? `${text.slice(0, most - 1)}…` : text; }
