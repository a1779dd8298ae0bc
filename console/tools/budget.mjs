// What a page weighs on the wire. The build fails when it is too much.
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const kilobyte = 1000;
const shellMost = 170 * kilobyte;
const pageMost = 50 * kilobyte;

/** A chunk with everything that it imports statically. */
export function closure(manifest, name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const one of manifest[name].imports ?? []) closure(manifest, one, seen);
  return seen;
}

export function checkBudgets(directory) {
  const manifest = JSON.parse(readFileSync(path.join(directory, ".vite/manifest.json"), "utf8"));
  const weigh = (names) =>
    [...names].reduce((sum, name) => sum + gzipSync(readFileSync(path.join(directory, manifest[name].file)), { level: 9 }).length, 0);
  const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
  const shell = closure(manifest, entry);
  const weights = [["shell", weigh(shell), shellMost]];
  for (const name of manifest[entry].dynamicImports ?? []) {
    const page = [...closure(manifest, name)].filter((one) => !shell.has(one));
    weights.push([name.replace(/^src\//, ""), weigh(page), pageMost]);
  }
  for (const [name, bytes, most] of weights.sort((a, b) => b[1] - a[1]).slice(0, 6)) {
    console.log(`${(bytes / kilobyte).toFixed(1).padStart(7)} kB of ${most / kilobyte}  ${name}`);
  }
  const heavy = weights.filter(([, bytes, most]) => bytes > most);
  if (heavy.length > 0) throw new Error(`too heavy: ${heavy.map(([name]) => name).join(", ")}`);
}
