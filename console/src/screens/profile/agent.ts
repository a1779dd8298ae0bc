const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** "Firefox · Linux" of what a program says it is; else its own first word. */
export function agentName(agent: string): string {
  const first = (kinds: [RegExp, string][]) => kinds.find(([mark]) => mark.test(agent))?.[1];
  const names = [first(browsers), first(systems)].filter(Boolean);
  return names.length > 0 ? names.join(" · ") : (agent.split(/[\s/]/)[0] || "?");
}
