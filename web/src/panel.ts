// The statement panel: each claim with who makes it, how, and its sentence with the words that play a part marked.

import { el } from "./dom";
import type { Index, Mark, Passage, Statement } from "./scene";

const MOST = 60;

/** What is said of a node: contradicting claims side by side first, then all. */
export function nodePanel(index: Index, id: string, shown: Set<Statement>, select: (id: string) => void): HTMLElement {
  const node = index.node.get(id);
  const found = index.of(id).filter((each) => shown.has(each));
  const look = node && index.look.get(node.cls);
  const facts = [look?.label, ...(node?.posts ?? []), ...(node?.within ?? []), when(node?.earliest, node?.latest)];
  return el("article", { class: "panel" },
    el("h2", { tabindex: "-1" }, index.label(id), node?.disputed ? el("span", { class: "badge" }, "disputed") : null),
    el("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
    node?.names?.length ? el("p", { class: "facts" }, `Also: ${node.names.join(", ")}`) : null,
    ...disputes(index, found, select),
    el("h3", {}, `${found.length} statement${found.length === 1 ? "" : "s"}`),
    ...found.slice(0, MOST).map((each) => card(index, each, select)),
    found.length > MOST ? el("p", {}, `${found.length - MOST} more: narrow the filters to see them`) : null);
}

function disputes(index: Index, found: Statement[], select: (id: string) => void): HTMLElement[] {
  const pairs = found.flatMap((each) => (each.contradicts ?? []).map((n) => [each, index.scene.statements[n]!] as const))
    .filter(([a, b]) => a.id < b.id || !found.includes(b));
  if (!pairs.length) return [];
  const rows = pairs.slice(0, 6).map(([a, b]) =>
    el("div", { class: "versus" }, card(index, a, select), card(index, b, select)));
  return [el("h3", {}, "Claims that contradict each other"), ...rows];
}

function card(index: Index, each: Statement, select: (id: string) => void): HTMLElement {
  const article = index.scene.articles[each.article];
  const speaker = each.claimant
    ? el("button", { class: "link", onclick: () => select(each.claimant!) }, index.label(each.claimant))
    : el("span", {}, each.voice ?? "the article");
  const figures = (each.figures ?? []).map((figure) =>
    [figure.text, figure.measure, figure.population ?? figure.unit].filter(Boolean).join(" "));
  const hedges = [each.kind === "claim" ? "" : each.kind, each.stance, each.certainty, each.polarity === "negative" && "negative",
    each.temporality === "future" && "future", each.post, ...figures].filter(Boolean).join(" · ");
  return el("section", { class: `card ${each.polarity === "negative" ? "denied" : ""}` },
    el("p", { class: "who" }, speaker, ` ${hedges}`),
    ...(each.passages ?? []).map(sentence),
    el("p", { class: "from" },
      [article?.publisher, article?.title, article?.published?.slice(0, 10)].filter(Boolean).join(", "),
      each.found_by ? ` · ${each.found_by}` : "",
      each.confidence === undefined ? "" : ` · ${Math.round(each.confidence * 100)} %`, " ",
      safe(article?.url) ? el("a", { href: article!.url!, rel: "noreferrer noopener", target: "_blank" }, "read") : null, " ",
      el("button", { class: "link", onclick: () => copy(citation(index, each)) }, "copy citation")));
}

/** A sentence as given, with its marks; where marks overlap, the shortest names the characters. */
export function sentence(passage: Passage): HTMLElement {
  const quote = el("blockquote", {});
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

function when(earliest?: string, latest?: string): string {
  const [from, to] = [earliest?.slice(0, 10), latest?.slice(0, 10)];
  return from && to && from !== to ? `${from} to ${to}` : from ?? "";
}

export function citation(index: Index, each: Statement): string {
  const article = index.scene.articles[each.article];
  const words = (each.passages ?? []).map((passage) => passage.text.trim()).join(" ");
  const source = [article?.publisher, article?.title, article?.published?.slice(0, 10), article?.url].filter(Boolean);
  return `${each.claimant ? index.label(each.claimant) : each.voice ?? ""}: “${words}” (${source.join(", ")})`;
}

function safe(url: string | undefined): boolean { return Boolean(url && /^https?:\/\//.test(url)); }

function copy(text: string): void { void navigator.clipboard?.writeText(text); }
