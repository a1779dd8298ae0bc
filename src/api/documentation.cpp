#include "api/openapi.hpp"

// The page is drawn from the document by its own small script; nothing comes from elsewhere.
namespace ds::api {

std::string_view documentation_page() {
    return R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>DumpStation API</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<header><h1>DumpStation API</h1><p>Every route of this server. <a href="/api/v1/openapi.json">openapi.json</a></p>
<input id="filter" type="search" placeholder="Filter" aria-label="Filter routes"></header>
<main id="routes"></main>
<script src="/api/docs.js"></script>
</body>
</html>
)html";
}

std::string_view documentation_style() {
    return R"css(:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
input { font: inherit; width: 100%; padding: .5rem .75rem; box-sizing: border-box; border: 1px solid var(--line); border-radius: .5rem; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .4rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; display: flex; gap: .75rem; flex-wrap: wrap; }
summary b { min-width: 4rem; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .5rem; }
small { opacity: .7; }
)css";
}

std::string_view documentation_script() {
    return R"js("use strict";
const element = (name, text, parent) => {
  const one = document.createElement(name);
  if (text) one.textContent = text;
  if (parent) parent.append(one);
  return one;
};
const resolve = (all, schema, depth) => {
  if (!schema || depth > 4) return schema;
  if (schema.$ref) return resolve(all, all[schema.$ref.split("/").pop()], depth + 1);
  if (schema.items) return [resolve(all, schema.items, depth + 1)];
  if (schema.properties) return Object.fromEntries(Object.entries(schema.properties)
    .map(([name, inner]) => [name, resolve(all, inner, depth + 1)]));
  return schema.enum ? schema.enum.join(" | ") : schema.type || "any";
};
const show = (title, schema, all, parent) => {
  if (!schema) return;
  element("small", title, parent);
  element("pre", JSON.stringify(resolve(all, schema, 0), null, 2), parent);
};
const json = (part) => part && part.content && Object.values(part.content)[0].schema;
const draw = (api) => {
  const all = api.components.schemas, groups = new Map(), main = document.getElementById("routes");
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, route] of Object.entries(methods)) {
      const tag = route.tags[0];
      if (!groups.has(tag)) { const group = element("section", "", main); element("h2", tag, group); groups.set(tag, group); }
      const box = element("details", "", groups.get(tag)), line = element("summary", "", box);
      element("b", method.toUpperCase(), line); element("code", path, line); element("span", route.summary, line);
      element("small", "needs: " + route["x-scope"], box);
      const options = route.parameters.map((p) => p.name).join(", ");
      if (options) element("p", "Parameters: " + options, box);
      show("Body", json(route.requestBody), all, box);
      const good = Object.keys(route.responses)[0];
      show("Answer " + good, json(route.responses[good]), all, box);
    }
};
document.getElementById("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const box of document.querySelectorAll("details"))
    box.hidden = !box.firstChild.textContent.toLowerCase().includes(wanted);
});
fetch("/api/v1/openapi.json").then((answer) => answer.json()).then(draw);
)js";
}

}  // namespace ds::api
