// Builds the console: types, bundle, budgets, and what the binary embeds.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { build } from "vite";
import { checkBudgets } from "./budget.mjs";
import { embed } from "./embed.mjs";
import { writeWorker } from "./worker.mjs";

const work = "dist/site";

rmSync("dist", { recursive: true, force: true });
mkdirSync(work, { recursive: true });
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"], { stdio: "inherit" });
await build({ logLevel: "warn", build: { outDir: work, emptyOutDir: true } });
checkBudgets(work);
writeWorker(work);
embed(work, "dist");
