// Writes src/api/api.d.ts from the description of a running server, or with --check tells whether
// the committed one is still what it would write. In a folder of its own because the generator
// wants a TypeScript older than the console's.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const usual = new URL("../../src/api/api.d.ts", import.meta.url);
const [address = "http://127.0.0.1:8080", mode, file = usual] = process.argv.slice(2);
const description = await (await fetch(`${address}/api/v1/openapi.json`)).json();
const written = `// Written by tools/openapi/generate.mjs from the server's OpenAPI document; not to be edited.\n${astToString(await openapiTS(description))}`;

if (mode === "--check") {
  if (readFileSync(file, "utf8") === written) process.exit(0);
  console.error("src/api/api.d.ts is not what this server describes: run tools/openapi/generate.mjs");
  process.exit(1);
}
writeFileSync(file, written);
