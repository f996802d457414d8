// Which statements and nodes a view lets through.

import type { Index } from "./index";
import type { Node, Statement } from "./scene";
import type { View } from "./state";

export interface Passed { nodes: Set<string>; statements: Set<Statement>; all: boolean }

/** Statements first, then the nodes that one of them speaks of, or that nothing but their class speaks against. */
export function passed(index: Index, view: View): Passed {
  const { scene } = index;
  const statements = new Set(scene.statements.filter((each) => keeps(index, view, each)));
  const all = statements.size === scene.statements.length;
  const named = new Set<string>();
  for (const each of statements) {
    for (const id of [each.claimant, each.quotation, each.event, ...(each.about ?? [])]) if (id) named.add(id);
  }
  const shown = scene.nodes.filter((node) => !view.classes.includes(node.cls) && (all || named.has(node.id)));
  return { nodes: new Set(shown.map((node) => node.id)), statements, all };
}

function keeps(index: Index, view: View, each: Statement): boolean {
  const event = each.event ? index.node.get(each.event) : undefined;
  return (!view.type || event?.type === view.type)
    && (!view.stance || each.stance === view.stance)
    && (!view.article || index.scene.articles[each.article]?.id === view.article)
    && (!view.disputed || Boolean(each.contradicts?.length) || Boolean(event?.disputed))
    && (!view.least || each.confidence === undefined || each.confidence * 100 >= view.least)
    && (!(view.since || view.until) || within(event, view))
    && (!view.words || hasWords(index, each, view.words.toLowerCase()));
}

/** An event that may have happened between the days; without a date it is not known to have. */
function within(event: Node | undefined, view: View): boolean {
  if (!event?.earliest) return false;
  return (!view.since || (event.latest ?? event.earliest).slice(0, 10) >= view.since)
    && (!view.until || event.earliest.slice(0, 10) <= view.until);
}

function hasWords(index: Index, each: Statement, words: string): boolean {
  const names = [each.claimant, each.event, ...(each.about ?? [])].map((id) => index.label(id).toLowerCase());
  return names.some((name) => name.includes(words))
    || Boolean(each.passages?.some((passage) => passage.text.toLowerCase().includes(words)));
}
