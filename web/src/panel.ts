// The statement panel: what is selected in a few lines, contradicting claims side by side, then every statement.

import { card, figured, type Select } from "./card";
import { el } from "./dom";
import type { Index } from "./index";
import { line, type Line } from "./lines";
import { paged, type Rest } from "./lists";
import type { Node, Statement } from "./scene";
import { days } from "./timeline";

const PAGE = 8; // statements at once
const DISPUTES = 4;
const FILLERS = 6;

/** What is said of a node, or of what joins two. */
export function panel(index: Index, id: string, shown: ReadonlySet<Statement>, select: Select, tools: HTMLElement[], rest?: Rest<Statement>): HTMLElement {
  const node = index.node.get(id);
  const joined = node ? undefined : line(index, id);
  if (!node && !joined) return el("p", { class: "hint" }, "This graph has nothing of that name.");
  const all = node ? index.of(id) : [...joined!.statements].sort((a, b) => a - b).map((place) => index.scene.statements[place]!);
  const found = all.filter((each) => shown.has(each));
  return el("article", { class: "panel" },
    ...(node ? heading(index, node) : between(index, joined!, select)),
    el("div", { class: "acts" }, ...tools),
    node?.cls === "Incident" ? incident(index, node, found, select) : null,
    ...disputes(index, found, select),
    el("h3", {}, counted(found.length, all.length, rest)),
    paged(ordered(found), (each) => el("li", {}, card(index, each, select)), PAGE, rest));
}

function counted(found: number, all: number, rest?: Rest<Statement>): string {
  const number = Math.max(rest?.total ?? 0, found);
  return `${number} statement${number === 1 ? "" : "s"}${!rest && found < all ? ` of ${all} pass the filters` : ""}`;
}

/** A path, step by step, each with the statements that it rests on. */
export function wayPanel(index: Index, way: string[], shown: ReadonlySet<Statement>, select: Select, tools: HTMLElement[]): HTMLElement {
  const end = (id: string) => el("button", { class: "link", onclick: () => select(id) }, cut(index.label(id)));
  const steps = way.slice(1).flatMap((to, n) => {
    const from = way[n]!;
    const joined = [line(index, `${from} ${to}`), line(index, `${to} ${from}`)].filter((each) => each !== undefined);
    const places = new Set(joined.flatMap((each) => [...each.statements]));
    const found = [...places].map((place) => index.scene.statements[place]!).filter((each) => shown.has(each));
    return [el("h3", {}, end(from), ` ${joined.map((each) => [...each.labels].join(", ")).join("; ")} `, end(to)),
      paged(ordered(found), (each) => el("li", {}, card(index, each, select)), 2)];
  });
  return el("article", { class: "panel" }, el("h2", { tabindex: "-1" }, `${cut(index.label(way[0]))} to ${cut(index.label(way.at(-1)))}`),
    el("div", { class: "acts" }, ...tools), ...steps);
}

function heading(index: Index, node: Node): (HTMLElement | null)[] {
  const facts = [index.look.get(node.cls)?.label, ...(node.posts ?? []), ...(node.within ?? []), days(node)];
  const names = [...(node.names ?? [])].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, 8);
  return [
    el("h2", { tabindex: "-1", dir: "auto" }, cut(node.label), node.disputed ? el("span", { class: "badge" }, "disputed") : null),
    el("p", { class: "facts" }, cut(facts.filter(Boolean).join(" · "))),
    names.length ? el("p", { class: "facts" }, cut(`Also: ${names.join(", ")}`)) : null,
  ];
}

function between(index: Index, joined: Line, select: Select): HTMLElement[] {
  const end = (id: string) => el("button", { class: "link", onclick: () => select(id) }, cut(index.label(id)));
  return [
    el("h2", { tabindex: "-1" }, end(joined.source), " → ", end(joined.target), joined.disputed ? el("span", { class: "badge" }, "disputed") : null),
    el("p", { class: "facts" }, cut([...joined.labels].join(", "))),
  ];
}

const ROLES: [role: string, word: string][] = [
  ["attacker", "Attacker"], ["agent", "By"], ["target", "Target"], ["victim", "Victims"], ["instrument", "With"], ["origin", "From"], ["place", "Where"],
];

/** Who struck whom, with what, where, when; each figure beside who gives it. */
function incident(index: Index, node: Node, found: Statement[], select: Select): HTMLElement {
  const row = (word: string, ...cells: (HTMLElement | string)[]) => el("tr", {}, el("th", { scope: "row" }, word), el("td", {}, ...cells));
  const rows = ROLES.flatMap(([role, word]) => {
    const ids = fillers(index, node.id, role);
    const cells = ids.slice(0, FILLERS).flatMap(([id, times], n) => [n ? ", " : "",
      el("button", { class: "link", onclick: () => select(id) }, cut(index.label(id))), times > 1 ? el("small", {}, ` ×${times}`) : ""]);
    return ids.length ? [row(word, ...cells, ids.length > FILLERS ? ` and ${ids.length - FILLERS} more` : "")] : [];
  });
  return el("table", { class: "roles" }, el("tbody", {}, ...rows, ...(days(node) ? [row("When", days(node))] : []),
    ...figures(index, found).map(([text, who]) => row(text, who))));
}

/** Who has a part in an incident, with how many statements have it so: those of most statements first. */
function fillers(index: Index, incident: string, role: string): [string, number][] {
  return index.around(incident).filter((edge) => edge.predicate === role && edge.source === incident)
    .map((edge): [string, number] => [edge.target, edge.statements?.length ?? 0])
    .sort(([a, m], [b, n]) => n - m || (index.node.get(b)?.weight ?? 0) - (index.node.get(a)?.weight ?? 0) || (a < b ? -1 : 1));
}

/** Each figure once, with everybody who gives it. */
function figures(index: Index, found: Statement[]): [string, string][] {
  const given = new Map<string, Set<string>>();
  for (const each of found) for (const figure of each.figures ?? []) {
    const who = each.claimant ? index.label(each.claimant) : each.voice ?? "the article";
    given.set(figured(figure), (given.get(figured(figure)) ?? new Set()).add(who));
  }
  return [...given].slice(0, 12).map(([text, who]) => [cut(text), `says ${cut([...who].join(", "))}`]);
}

function disputes(index: Index, found: Statement[], select: Select): HTMLElement[] {
  const here = new Set(found);
  const pairs = found.flatMap((each) => (each.contradicts ?? []).map((n) => [each, index.scene.statements[n]!] as const))
    .filter(([a, b]) => a.id < b.id || !here.has(b));
  if (!pairs.length) return [];
  const row = ([a, b]: readonly [Statement, Statement]) =>
    el("li", { class: "versus" }, card(index, a, select), card(index, b, select));
  return [el("h3", {}, "Claims that contradict each other"), paged(pairs, row, DISPUTES)];
}

/** What somebody says before what the article says; quotations and figures first. */
function ordered(found: Statement[]): Statement[] {
  const rank = (each: Statement) => Number(Boolean(each.contradicts?.length)) * 8 + Number(each.kind === "claim") * 4
    + Number(Boolean(each.claimant)) * 2 + Number(Boolean(each.figures?.length));
  return [...found].sort((a, b) => rank(b) - rank(a));
}

function cut(text: string): string { return text.length > 300 ? `${text.slice(0, 299)}…` : text; }
