// Labels of nodes: broken into lines that are measured, and left out where they would lie on others.

import { printable } from "./dom";

const FACE = "system-ui, sans-serif";
const EM = 8.6; // the longest line, in font sizes
const LINES = 3;
const LEADING = 1.05;
const MOST_KNOWN = 20_000; // widths kept
const widths = new Map<string, number>();
const pen = document.createElement("canvas").getContext("2d")!;
pen.font = `100px ${FACE}`;

export interface Label { text: string; width: number; height: number } // in font sizes

/** An incident's name as its parts, what, where and when, a line each if they fit. */
export function parts(text: string): Label {
  const lines = printable(text).slice(0, 200).split(/,\s+/).map((line) => cut(line, 1.15 * EM));
  if (lines.length > LINES) return label(text);
  return { text: lines.join("\n"), width: Math.max(...lines.map(wide)), height: lines.length * LEADING };
}

/** A text in at most three lines; words too long for one are broken. */
export function label(text: string): Label {
  const made: string[] = [""];
  for (const word of words(printable(text).slice(0, 200))) {
    const longer = `${made.at(-1)} ${word}`.trim();
    if (wide(longer) <= EM) made[made.length - 1] = longer;
    else made.push(word);
    if (made.length > LINES) break;
  }
  const lines = made.slice(0, LINES);
  if (made.length > LINES || text.length > 200) lines[LINES - 1] = `${[...(lines[LINES - 1] ?? "")].slice(0, -1).join("")}…`;
  return { text: lines.join("\n"), width: Math.max(...lines.map(wide)), height: lines.length * LEADING };
}

/** The beginning of a line that is too long. */
function cut(line: string, most: number): string {
  if (wide(line) <= most) return line;
  const letters = [...line];
  while (letters.length && wide(`${letters.join("")}…`) > most) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function* words(text: string): Generator<string> {
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (wide(word) <= EM) { yield word; continue; }
    let part = "";
    for (const letter of word) {
      if (wide(part + letter) > EM) { yield part; part = ""; }
      part += letter;
    }
    yield part;
  }
}

export type Box = [left: number, top: number, right: number, bottom: number];
export interface Placed { x: number; y: number; label: Label; first: number } // centre of the node and importance, on the screen

export type Place = "bottom" | "top" | "right" | "left";
const PLACES: readonly Place[] = ["bottom", "top", "right", "left"];

/** Where beside its node each label can be drawn at this size without touching what is in `taken`, if anywhere: the important first. */
export function readable(placed: Placed[], font: number, radius: number, taken: Box[], pane: Box): (Place | undefined)[] {
  const found = placed.map((): Place | undefined => undefined);
  const order = placed.map((_, n) => n).sort((a, b) => placed[b]!.first - placed[a]!.first || a - b);
  for (const n of order) {
    found[n] = PLACES.find((side) => {
      const box = beside(placed[n]!, side, font, radius);
      return (side === "bottom" || within(box, pane)) && room(box, taken);
    });
  }
  return found;
}

function within(box: Box, pane: Box): boolean { return box[0] >= pane[0] && box[1] >= pane[1] && box[2] <= pane[2] && box[3] <= pane[3]; }

/** The box of a label on a side of its node. */
function beside({ x, y, label }: Placed, side: Place, font: number, radius: number): Box {
  const [width, height] = [label.width * font, label.height * font];
  if (side === "right") return [x + radius + 3, y - height / 2 - 2, x + radius + width + 7, y + height / 2 + 2];
  if (side === "left") return [x - radius - width - 7, y - height / 2 - 2, x - radius - 3, y + height / 2 + 2];
  const top = side === "bottom" ? y + radius + 1 : y - radius - height - 5;
  return [x - width / 2 - 2, top, x + width / 2 + 2, top + height + 4];
}

/** The box of a text along a line around its middle. */
export function along(from: { x: number; y: number }, to: { x: number; y: number }, width: number, height: number): Box {
  const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  const length = Math.hypot(dx, dy) || 1;
  const [w, h] = [(width * dx + height * dy) / length / 2, (width * dy + height * dx) / length / 2];
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  return [x - w, y - h, x + w, y + h];
}

/** Whether a box touches no other; then its room is taken. */
export function room(box: Box, taken: Box[]): boolean {
  if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return false;
  taken.push(box);
  return true;
}

/** How wide a text is in one line, in font sizes. */
export function wide(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (widths.size > MOST_KNOWN) widths.clear();
  const width = pen.measureText(text).width / 100;
  widths.set(text, width);
  return width;
}
