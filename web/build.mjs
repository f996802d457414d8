// Bundles the explorer into package data of kg.view. The same sources give the same bytes: CI compares.
import { build } from "esbuild";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const out = new URL("../kg/view/assets/", import.meta.url).pathname;
const done = await build({
  entryPoints: { explorer: "src/main.ts", sparql: "src/sparql.ts", style: "src/style.css" },
  outdir: out,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: "es2022",
  legalComments: "none",
  metafile: true,
  define: { "import.meta.url": '""' }, // Oxigraph is given its WebAssembly, it fetches nothing
});

// Oxigraph for pages that answer SPARQL without a service; kg view --sparql puts it in.
copyFileSync("node_modules/oxigraph/web_bg.wasm", `${out}oxigraph.wasm`);

// Borders for kg/view/basemap.py, which gives each page those around its data.
copyFileSync("node_modules/world-atlas/countries-50m.json", `${out}countries-50m.json`);

// Who wrote what is inside the bundle.
const used = new Set(
  Object.keys(done.metafile.inputs)
    .map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean),
);
const licences = [...used].sort().map((name) => {
  const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const file = readdirSync(`node_modules/${name}`).find((each) => /^licen[cs]e/i.test(each));
  const text = readFileSync(file ? `node_modules/${name}/${file}` : `licences/${name}.txt`, "utf8").trim();
  return `${name} ${about.version} (${about.license})\n\n${text}\n`;
});
writeFileSync(`${out}THIRD_PARTY.txt`, licences.join(`\n${"-".repeat(80)}\n\n`));
