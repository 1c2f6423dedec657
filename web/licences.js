// After the build: the licence of every package whose code, fonts, shapes or styles stand in what was built, in one file
// beside it. The build's own list knows scripts alone, and fonts want their licence as well.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const made = "../src/tollbook/desk/static";
if (!existsSync(`${made}/manifest.json`)) throw new Error("nothing was built; run vite build first");

const found = new Map();
const wanted = Object.keys(JSON.parse(readFileSync("package.json", "utf8")).dependencies);
for (const name of wanted) {
  const folder = `node_modules/${name}`;
  const about = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  if (found.has(name)) continue;
  const files = readdirSync(folder).filter((n) => /^(licen[cs]e|copying)([._]|$)/i.test(n));
  if (!files.length && !about.license) throw new Error(`${name} comes without a licence`);
  found.set(name, { about, words: files.map((n) => readFileSync(`${folder}/${n}`, "utf8").trim()).join("\n\n") });
  wanted.push(...Object.keys(about.dependencies ?? {}));
}

const parts = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(
  ([name, { about, words }]) => `## ${name} ${about.version} (${about.license ?? "see below"})\n\n${words}\n`,
);
writeFileSync(
  `${made}/licences.md`,
  `# Licences of what the pages carry\n\nThe styles and scripts of the desk hold work from these packages.\n\n${parts.join("\n")}`,
);
