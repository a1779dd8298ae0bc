// Writes files.S and table.inc: every file as it is, gzipped and as brotli. The same source gives
// the same bytes: names are sorted, and nothing holds a moment or an absolute path but .incbin's own.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const packed = new Set([".png", ".woff2"]); // compressed in itself

function filesBelow(directory) {
  return readdirSync(directory, { recursive: true })
    .filter((name) => statSync(path.join(directory, name)).isFile() && !name.startsWith(".vite"))
    .sort();
}

const encoders = {
  plain: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes, { level: 9 }),
  brotli: (bytes) =>
    brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
};

export function embed(site, out) {
  const assembly = [".section .rodata"];
  const declarations = [];
  const rows = [];
  const entries = filesBelow(site)
    .map((name) => ({ name, place: `/${name.split(path.sep).join("/")}` }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.place), Buffer.from(b.place)));
  entries.forEach(({ name, place }, at) => {
    const bytes = readFileSync(path.join(site, name));
    const ending = path.extname(name);
    if (!types[ending]) throw new Error(`no type is known for ${name}`);
    const views = Object.entries(encoders).map(([encoding, encode]) => {
      const encoded = encode(bytes);
      if (encoding !== "plain" && (packed.has(ending) || encoded.length >= bytes.length)) return "{}";
      const file = path.join(out, "encoded", `${at}.${encoding}`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, encoded);
      const symbol = `ds_console_${at}_${encoding}`;
      assembly.push(`.global ${symbol}`, `${symbol}:`, `.incbin "${path.resolve(file)}"`);
      declarations.push(`extern const char ${symbol}[];`);
      return `{${symbol}, ${encoded.length}}`;
    });
    const etag = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
    rows.push(`    {"${place}", "${types[ending]}", "${etag}", ${views.join(", ")}},`);
  });
  assembly.push('.section .note.GNU-stack,"",@progbits', "");
  writeFileSync(path.join(out, "files.S"), assembly.join("\n"));
  writeFileSync(
    path.join(out, "table.inc"),
    `#include <array>

extern "C" {
${declarations.join("\n")}
}

namespace ds::console {
static std::span<const File> embedded_files() {
  static const std::array<File, ${rows.length}> table{{
${rows.join("\n")}
  }};
  return table;
}
}  // namespace ds::console
`,
  );
}
