// Says what is wrong with an OpenAPI document: node check.mjs FILE. Status 1 when something is.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [file, modules] = process.argv.slice(2);
const entry = createRequire(`${modules}/`).resolve("@seriousme/openapi-schema-validator");
const { Validator } = await import(pathToFileURL(entry));
const document = JSON.parse(readFileSync(file, "utf8"));
const validator = new Validator();
const { valid, errors } = await validator.validate(document);
if (!valid) {
  console.error(JSON.stringify(errors, null, 2));
  process.exit(1);
}
// A reference that leads nowhere is not the schema's business.
const names = new Set(Object.keys(document.components.schemas));
const text = JSON.stringify(document);
const lost = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((m) => m[1]).filter((n) => !names.has(n));
if (lost.length > 0) {
  console.error(`references that lead nowhere: ${lost.join(", ")}`);
  process.exit(1);
}
console.log(`OpenAPI ${validator.version}: ${Object.keys(document.paths).length} paths`);
