// One statement: who makes it and how, its sentence, where it was read.

import { el } from "./dom";
import { spaced } from "./filters";
import type { Index } from "./index";
import type { Count, Statement } from "./scene";
import { sentence } from "./sentence";

export type Select = (id: string) => void;
const VERB: Record<string, string> = { proximity: "is near", membership: "holds the post", event: "reports" };

export function card(index: Index, each: Statement, select: Select): HTMLElement {
  const article = index.scene.articles[each.article];
  const chips = hedges(each);
  return el("section", { class: `card ${each.polarity === "negative" || each.stance === "denies" ? "denied" : ""}` },
    el("p", { class: "who" }, claimant(index, each, select), el("span", { class: "stance" }, ` ${how(each)}`)),
    ...(chips.length ? [el("p", { class: "hedges" }, ...chips.map(([cls, text]) => el("span", { class: `chip ${cls}` }, text)))] : []),
    ...(each.passages ?? []).map(sentence),
    el("p", { class: "from" }, [article?.publisher, article?.title, article?.published?.slice(0, 10)].filter(Boolean).join(", "), " ",
      safe(article?.url) ? el("a", { href: article!.url!, rel: "noreferrer noopener", target: "_blank" }, "read the article") : null, " ",
      el("button", { class: "link", onclick: (event) => void copy(citation(index, each), event.currentTarget as HTMLElement) }, "copy citation"),
      each.found_by ? el("small", {}, ` found by ${each.found_by}`) : null));
}

function claimant(index: Index, each: Statement, select: Select): HTMLElement {
  if (!each.claimant) return el("span", {}, each.voice ?? "the article");
  const node = index.node.get(each.claimant);
  const posts = node?.posts?.length && each.kind !== "membership" ? `, ${node.posts[0]}` : "";
  return el("span", {}, el("button", { class: "link", onclick: () => select(each.claimant!) }, index.label(each.claimant)), posts);
}

function how(each: Statement): string {
  if (each.kind === "membership" || each.kind === "proximity") return [VERB[each.kind], each.post].filter(Boolean).join(": ");
  return each.stance ? spaced(each.stance) : VERB[each.kind] ?? "says";
}

/** Each hedge with the class of its look. */
function hedges(each: Statement): [string, string][] {
  return [
    each.certainty && each.certainty !== "certain" ? ["hedge", spaced(each.certainty)] : undefined,
    each.polarity === "negative" ? ["negative", "negative"] : undefined,
    each.temporality === "future" ? ["hedge", "future"] : undefined,
    ...(each.figures ?? []).map((figure): [string, string] => ["figure", figured(figure)]),
    each.confidence === undefined ? undefined : ["sure", `${Math.round(each.confidence * 100)} % sure of the reading`],
  ].filter((found): found is [string, string] => Boolean(found));
}

export function figured(figure: Count): string {
  return [figure.text, figure.population && !figure.text.includes(figure.population) ? figure.population : "", spaced(figure.measure)].filter(Boolean).join(" ");
}

export function citation(index: Index, each: Statement): string {
  const article = index.scene.articles[each.article];
  const words = (each.passages ?? []).map((passage) => passage.text.trim()).join(" ");
  const source = [article?.publisher, article?.title, article?.published?.slice(0, 10), article?.url].filter(Boolean);
  return `${each.claimant ? index.label(each.claimant) : each.voice ?? ""}: “${words}” (${source.join(", ")})`;
}

function safe(url: string | undefined): boolean { return Boolean(url && /^https?:\/\//.test(url)); }

/** To the clipboard; where the browser keeps it shut, as from a file, by way of a text that is selected. */
async function copy(text: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = el("textarea", { class: "off" });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  button.textContent = "copied";
}
