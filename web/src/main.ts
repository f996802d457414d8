// The page: what is selected or filtered in one pane is so in all.

import { ApiSource } from "./api";
import { basemap } from "./basemap";
import { byId, el } from "./dom";
import { FileSource } from "./file";
import { passed, type Passed } from "./filter";
import { filters } from "./filters";
import { Graph, type Size } from "./graph";
import type { Index } from "./index";
import { current, everything, quotations, type Rest } from "./lists";
import { lines, other } from "./lines";
import { PlaceMap } from "./map";
import { overview, type Painter } from "./overview";
import { panel, wayPanel } from "./panel";
import { picture, STEP } from "./picture";
import type { Spot } from "./layout";
import { search } from "./search";
import type { Statement } from "./scene";
import type { DataSource, Facets, Part } from "./source";
import { sameFilters, State, type Pins, type View } from "./state";
import { Timeline } from "./timeline";
import { acts, toolbar } from "./tools";

/** Where the data comes from: this file, or the service that the page came from. */
function chosen(): DataSource {
  const api = document.querySelector<HTMLMetaElement>("meta[name=kg-api]");
  return api ? new ApiSource(api.content) : new FileSource(byId("scene"));
}

const HINT = "Choose a node, a line, a place, a bar or a quotation: what is said of it stands here, each statement in its sentence. "
  + "Escape leads back.";

class Page {
  readonly state = new State();
  private readonly graph: Graph;
  private readonly timeline: Timeline;
  private readonly map: PlaceMap;
  private far: Painter | null = null;
  private shown: Passed;
  private way: string[] = [];
  private turn = 0;
  private stale = true; // whether timeline, map and lists show something else than what is known and let through
  private matched: View | null = null; // what the service was last asked to filter for
  private size = 0;
  private pane: Size = { width: 0, height: 0 };

  constructor(private readonly index: Index, private readonly facets: Facets, private readonly source: DataSource) {
    const select = (id: string | null) => this.state.select(id);
    this.shown = passed(index, this.state.view);
    byId("search").append(search(index, source, select));
    byId("filters").append(filters(index, facets, this.state));
    this.graph = new Graph(byId("graph"), index, { select, more: () => this.more(),
      moved: (id, spot) => { this.state.keep({ pins: this.pinned(id, spot) }); this.graph.mark(id, true); } });
    this.timeline = new Timeline(byId("timeline"), index, select, (days) => this.state.change(days));
    this.map = new PlaceMap(byId("map"), index, basemap(), select);
    byId("tools").append(...toolbar(this.state, this.graph, index, Boolean(facets.far), () => { this.graph.restyle(); this.far?.restyle(); }));
    this.state.onChange((view, before) => void this.change(view, before));
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.state.view.selected) this.state.select(null); });
    new ResizeObserver(() => this.resized()).observe(byId("graph"));
    void this.change(this.state.view, null);
  }

  /** Load what the view needs, then draw what has changed. */
  private async change(view: View, before: View | null): Promise<void> {
    const turn = ++this.turn;
    const filtered = !before || !sameFilters(view, before);
    this.stale ||= filtered;
    if (!this.source.whole) {
      if (!before && !view.selected) this.drawGraph(view); // what opens is here: the lists come after it
      await this.load(view);
      if (turn !== this.turn) return;
    }
    if (this.moved(view)) return;
    const way = view.selected && view.to ? await this.source.path(view.selected, view.to) : null;
    if (turn !== this.turn) return; // the view has changed again meanwhile
    if (way && !this.source.whole) {
      const ends = [[view.selected!, way.nodes[0]?.id], [view.to, way.nodes.at(-1)?.id]].filter((pair): pair is [string, string] => Boolean(pair[1]));
      this.index.add({ ...way, folded: ends.filter(([asked, found]) => asked !== found) });
      if (this.moved(view)) return;
    }
    this.way = way?.nodes.map((node) => node.id) ?? [];
    this.stale ||= this.index.size !== this.size;
    this.size = this.index.size;
    if (this.stale) this.shown = passed(this.index, view);
    this.drawGraph(view);
    void this.drawOverview(view);
    this.drawPanel(view);
    if (!filtered && this.stale && !this.source.whole) await drawn(); // what has come with a selection: the selection is seen first
    if (turn === this.turn) this.drawPanes(view);
  }

  private async load(view: View): Promise<void> {
    const asked: Promise<void>[] = [];
    if (!this.matched || !sameFilters(view, this.matched)) asked.push(this.source.matching(view).then((scene) => { this.index.add(scene); this.matched = view; }));
    const ask = async (id: string, skip: number) => this.take(id, await this.source.node(id, { skip, first: 0, view }));
    for (const id of view.selected?.split(" ") ?? []) for (let skip = 0; skip <= view.more; skip += STEP) asked.push(ask(id, skip));
    for (const id of view.pins.keys()) if (!this.index.node.has(id)) asked.push(ask(id, 0));
    await Promise.all(asked);
  }

  private take(id: string, part: Part): void {
    this.index.add({ ...part.scene, folded: part.id === id ? part.scene.folded : [...part.scene.folded, [id, part.id]] });
    this.index.totals.set(part.id, part);
  }

  /** A link to what is drawn as another node leads to that one. */
  private moved({ selected, to }: View): boolean {
    const standing = { selected: selected && this.index.standing(selected), to: this.index.standing(to) };
    if (standing.selected === selected && standing.to === to) return false;
    this.state.change(standing);
    return true;
  }

  /** The statements of a node that the service has and the page has not. */
  private rest(id: string): Rest<Statement> | undefined {
    const { index, source, state } = this;
    const known = index.totals.get(id);
    if (source.whole || !known) return undefined;
    let first = known.next;
    const load = async () => {
      const before = new Set(index.of(id));
      const fresh = () => index.of(id).filter((each) => !before.has(each) && this.shown.statements.has(each));
      while (first < known.statements && !fresh().length) {
        const part = await source.node(id, { skip: 0, first, view: state.view });
        index.add(part.scene);
        this.shown = passed(index, state.view);
        first = Math.max(part.next, first + 1);
      }
      return fresh();
    };
    return { total: known.statements, load };
  }

  /** More or less room: what opens fills it, everything else is fitted in. */
  private resized(): void {
    const { width, height } = this.graph.size();
    if (this.pane.width === width && this.pane.height === height) return;
    if (this.state.view.selected) this.graph.fit();
    else this.drawGraph(this.state.view);
    if (byId("status").textContent) this.tell();
  }

  private drawGraph(view: View): void {
    this.pane = this.graph.size();
    const drawn = picture(this.index, view, this.shown.nodes, this.way, this.pane);
    const steps = new Set(this.way.slice(1).flatMap((id, n) => [`${this.way[n]} ${id}`, `${id} ${this.way[n]}`]));
    this.graph.draw(drawn, view.selected, steps, new Set(view.pins.keys()));
  }

  /** The whole graph lies over the part that is drawn. */
  private async drawOverview(view: View): Promise<void> {
    const pane = byId("overview");
    pane.hidden = !view.whole;
    if (!view.whole) { this.far?.end(); this.far = null; pane.replaceChildren(); return; }
    if (!this.far && !pane.firstChild) pane.append(el("p", { class: "hint", role: "status" }, "The overview is in preparation…"));
    const turn = this.turn;
    const [far, shown] = await Promise.all([this.source.far(), this.source.passing(view, this.shown.nodes)]);
    if (turn !== this.turn) return;
    if (!this.far) {
      pane.replaceChildren();
      this.far = overview(pane, far, this.index.look, (id) => this.state.select(id));
      pane.dataset.nodes = String(far.nodes.length);
      if (far.of > far.nodes.length) pane.append(el("p", { class: "of" }, `the ${far.nodes.length.toLocaleString("en")} of ${far.of.toLocaleString("en")} nodes that most is said of`));
    }
    this.far.show({ passed: shown, selected: view.selected });
    pane.dataset.shown = String(shown.size);
  }

  /** Timeline, map and lists: drawn anew where what they show has changed, else only marked. */
  private drawPanes(view: View): void {
    const { index, shown, stale } = this;
    const select = (id: string | null) => this.state.select(id);
    const related = this.related(view.selected);
    for (const pane of [this.timeline, this.map]) {
      if (stale) pane.draw(shown.nodes);
      pane.mark(related, view.selected);
    }
    quotations(byId("quotations"), index, shown.statements, view.selected, select);
    if (stale) everything(byId("everything"), index, shown.nodes, select);
    current(byId("everything"), view.selected);
    this.stale = false;
  }

  private drawPanel(view: View): void {
    byId("panel").replaceChildren(this.panel(view));
    byId("panel").scrollTop = 0;
    this.tell();
  }

  private tell(): void {
    byId("status").textContent = `${this.graph.count()} of ${this.facets.nodes.toLocaleString("en")} nodes drawn, ${this.shown.statements.size.toLocaleString("en")} statements`;
  }

  private panel({ selected, pins }: View): HTMLElement {
    const { index, shown } = this;
    const select = (id: string) => this.state.select(id);
    if (!selected) return el("p", { class: "hint" }, HINT);
    const tools = acts(this.state, index, this.way, { pinned: pins.has(selected), pin: () => this.pin(selected) });
    return this.way.length ? wayPanel(index, this.way, shown.statements, select, tools) : panel(index, selected, shown.statements, select, tools, this.rest(selected));
  }

  /** What belongs to the selection: itself, its neighbours, and whatever its statements are about. */
  private related(selected: string | null): Set<string> {
    if (!selected) return new Set();
    const found = new Set(selected.split(" "));
    for (const id of selected.split(" ")) for (const each of lines(this.index, id, { asEdges: false, quotes: false })) found.add(other(each, id));
    for (const each of this.index.of(selected)) for (const id of [each.event, ...(each.about ?? [])]) if (id) found.add(id);
    return found;
  }

  private more(): void { this.state.change({ more: this.state.view.more + 12 }); }

  private pin(id: string): void {
    const { pins } = this.state.view;
    this.state.change({ pins: pins.has(id) ? new Map([...pins].filter(([each]) => each !== id)) : this.pinned(id, this.graph.cy.getElementById(id).position()) });
  }

  private pinned(id: string, spot: Spot): Pins { return new Map([...this.state.view.pins, [id, { x: Math.round(spot.x), y: Math.round(spot.y) }]]); }
}

/** Resolves when the browser has drawn what is there now. */
function drawn(): Promise<void> { return new Promise((done) => requestAnimationFrame(() => setTimeout(done))); }

async function start(): Promise<void> {
  const source = chosen();
  const { index, facets } = await source.opening();
  new Page(index, facets, source);
}

void start();
