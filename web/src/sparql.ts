// SPARQL in the page: the shipped queries, an editor, answers as table, chart, map or graph. A bundle of its own.

import { byId, el } from "./dom";
import { Editor } from "./sparql_editor";
import { Embedded, Endpoint, type Engine } from "./sparql_engine";
import { bound, usual, type Query, type Rows } from "./sparql_terms";
import { csv, views, type Show, type View } from "./sparql_views";

interface Config { endpoint?: string; base: string; prologue: string; queries: Query[] }

const START = "# What is there, class by class\nPREFIX kg: <https://w3id.org/newskg/ontology#>\n"
  + "SELECT ?class (COUNT(DISTINCT ?thing) AS ?number) {\n  ?thing a ?class\n}\nGROUP BY ?class\nORDER BY DESC(?number)\n";

class Panel {
  private readonly status = el("p", { role: "status", class: "facts" });
  private readonly answer = el("div", { class: "answer", role: "tabpanel", tabindex: "0", "aria-label": "Answer" });
  private readonly tabs = el("div", { role: "tablist", "aria-label": "Show the answer as" });
  private readonly values = el("div", { class: "values" });
  private readonly editor = new Editor(() => void this.run());
  private readonly engine: Engine;
  private readonly show: Pick<Show, "base" | "select">;
  private query?: Query;

  constructor(private readonly pane: HTMLElement, private readonly config: Config) {
    this.engine = config.endpoint ? new Endpoint(config.endpoint) : new Embedded(config.prologue);
    this.show = { base: config.base, select: (id) => { location.hash = `sel=${encodeURIComponent(id)}`; } };
    this.editor.text = START;
    const run = el("button", { class: "run", onclick: () => void this.run() }, "Run");
    const bar = el("div", { class: "controls" }, this.list(), this.values, run);
    pane.append(el("div", { class: "ask" }, bar, this.editor.element), el("div", { class: "told" }, this.status, this.tabs, this.answer));
  }

  focus(): void { this.pane.querySelector("select")?.focus(); }

  private list(): HTMLElement {
    const made = el("select", { onchange: () => this.choose(made.value) }, el("option", { value: "" }, "your own"),
      ...this.config.queries.map(({ name, help }) => el("option", { value: name }, `${name}: ${help}`)));
    return el("label", {}, "Query ", made);
  }

  private choose(name: string): void {
    this.query = this.config.queries.find((each) => each.name === name);
    if (this.query) this.editor.text = this.query.sparql;
    this.values.replaceChildren(...(this.query?.parameters ?? []).map((each) => el("label", { title: each.help }, `${each.name} `,
      el("input", { name: each.name, value: usual(each), "aria-description": each.help,
        onkeydown: (event) => { if ((event as KeyboardEvent).key === "Enter") void this.run(); } }))));
  }

  private async run(): Promise<void> {
    this.status.textContent = "Asking…";
    this.tabs.replaceChildren();
    this.answer.replaceChildren();
    const start = performance.now();
    try {
      const given = new Map([...this.values.querySelectorAll("input")].map((each) => [each.name, each.value]));
      const found = await this.engine.ask(bound(this.editor.text, this.query?.parameters ?? [], given));
      const size = found.truth === undefined ? `${found.rows.length.toLocaleString("en")} ${found.statements ? "statements" : "rows"}` : "Answered";
      this.status.textContent = `${size} in ${Math.round(performance.now() - start).toLocaleString("en")} ms`;
      this.tell(found);
    } catch (error) {
      this.status.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  private tell(found: Rows): void {
    const fitting = views(found);
    const tabs = [...fitting].map(([name, view]) => el("button", { role: "tab", id: `sparql-${name}`, onclick: () => this.turn(found, name, view) }, name));
    const save = () => el("a", { href: URL.createObjectURL(new Blob([csv(found)], { type: "text/csv" })), download: "answer.csv" }).click();
    this.tabs.replaceChildren(...tabs);
    this.tabs.onkeydown = (event) => this.step(event);
    if (found.rows.length) this.status.append(" ", el("button", { class: "link", onclick: save }, "CSV"));
    this.turn(found, "Table", fitting.get("Table")!);
  }

  private turn(found: Rows, name: string, view: View): void {
    for (const tab of this.tabs.children) {
      const chosen = tab.id === `sparql-${name}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.setAttribute("tabindex", chosen ? "0" : "-1");
    }
    this.answer.setAttribute("aria-labelledby", `sparql-${name}`);
    this.answer.replaceChildren();
    const [width, height] = [Math.max(this.answer.clientWidth, 300), Math.max(this.answer.clientHeight - 6, 200)];
    this.answer.append(view(found, { ...this.show, width, height }));
  }

  /** Arrows go from tab to tab. */
  private step(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...this.tabs.children] as HTMLElement[];
    const next = tabs[(tabs.indexOf(document.activeElement as HTMLElement) + step + tabs.length) % tabs.length];
    next?.click();
    next?.focus();
  }
}

const config = JSON.parse(byId("sparql-config").textContent ?? "") as Config;
const pane = byId("sparql");
let panel: Panel | undefined;
const button = el("button", { id: "sparql-toggle", "aria-pressed": "false", "aria-controls": "sparql", title: "Ask the graph in SPARQL", onclick: () => {
  pane.hidden = !pane.hidden;
  button.setAttribute("aria-pressed", String(!pane.hidden));
  panel ??= new Panel(pane, config);
  if (!pane.hidden) panel.focus();
} }, "SPARQL");
byId("tools").prepend(button);
