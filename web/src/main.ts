// The page: what is selected or filtered in one pane is so in all.

import { byId, el } from "./dom";
import { passed } from "./filter";
import { filters } from "./filters";
import { Graph } from "./graph";
import { everything, quotations } from "./lists";
import { map } from "./map";
import { nodePanel } from "./panel";
import { Index, embedded } from "./scene";
import { search } from "./search";
import { State } from "./state";
import { timeline } from "./timeline";

const index = new Index(embedded());
const state = new State();
const select = (id: string | null) => state.change({ selected: id });

byId("search").append(search(index, select));
byId("filters").append(filters(index, state));
byId("tools").append(
  el("button", { onclick: () => download("graph.png", graph.png()) }, "PNG"),
  el("button", { id: "dark", "aria-pressed": "false", onclick: dark }, "Dark"),
);
const graph = new Graph(byId("graph"), index, select);

function draw(): void {
  const { view } = state;
  const shown = passed(index, view);
  graph.filter(shown.nodes);
  graph.select(view.selected);
  timeline(byId("timeline"), index, shown.nodes, view.selected, select);
  map(byId("map"), index, shown.nodes, view.selected, select);
  quotations(byId("quotations"), index, shown.statements, view.selected, select);
  everything(byId("everything"), index, shown.nodes, view.selected, select);
  byId("panel").replaceChildren(view.selected && index.node.has(view.selected)
    ? nodePanel(index, view.selected, shown.statements, select)
    : el("p", { class: "hint" }, "Choose a node, a place, a bar or a quotation: what is said of it stands here, with its sentence."));
  byId("status").textContent = `${graph.count()} of ${index.scene.nodes.length} nodes drawn, ${shown.statements.size} statements`;
}

function dark(): void {
  const on = document.documentElement.classList.toggle("dark");
  byId("dark").setAttribute("aria-pressed", String(on));
  graph.restyle();
}

function download(name: string, url: string): void { el("a", { href: url, download: name }).click(); }

state.onChange(draw);
if (matchMedia("(prefers-color-scheme: dark)").matches) dark();
draw();
if (!state.view.selected) graph.fit();
