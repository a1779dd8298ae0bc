// Writes sw.js beside the page: its version is what it keeps.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { closure } from "./budget.mjs";

export function writeWorker(site) {
  const manifest = JSON.parse(readFileSync(path.join(site, ".vite/manifest.json"), "utf8"));
  const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
  const scripts = [...closure(manifest, entry)].flatMap((name) => [manifest[name].file, ...(manifest[name].css ?? [])]);
  const shell = ["/", "/theme.js", "/icon.svg", "/manifest.webmanifest", ...scripts.map((file) => `/${file}`)];
  const hash = createHash("sha256");
  for (const place of shell) hash.update(readFileSync(path.join(site, place === "/" ? "index.html" : place)));
  const text = readFileSync("src/worker/sw.js", "utf8");
  hash.update(text);
  writeFileSync(
    path.join(site, "sw.js"),
    text.replace("__VERSION__", hash.digest("hex").slice(0, 16)).replace("__SHELL__", JSON.stringify(shell)),
  );
}
