// A sentence as its article has it, with the words that play a part in a statement marked.

import { el } from "./dom";
import type { Mark, Passage } from "./scene";

/** Where marks overlap, the shortest names the characters; offsets count code points. */
export function sentence(passage: Passage): HTMLElement {
  const quote = el("blockquote", { dir: "auto" });
  const points = [...passage.text];
  const bounds = [...new Set([0, points.length, ...(passage.marks ?? []).flatMap((mark) => [mark.start, mark.end])])]
    .filter((at) => at >= 0 && at <= points.length).sort((a, b) => a - b);
  bounds.slice(0, -1).forEach((start, n) => {
    const text = points.slice(start, bounds[n + 1]).join("");
    const mark = shortest(passage.marks ?? [], start, bounds[n + 1]!);
    quote.append(mark ? el("mark", { class: `part-${mark.part}`, title: mark.part }, text) : el("span", {}, text));
  });
  return quote;
}

function shortest(marks: Mark[], start: number, end: number): Mark | undefined {
  return marks.filter((mark) => mark.start <= start && end <= mark.end && mark.part !== "evidence")
    .sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
}
