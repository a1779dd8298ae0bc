import { type Table, nameOf } from "~/api/contents";

/** By "name", "rows" or "bytes"; "-" in front turns it round. Equal ones by name. */
export function sortTables(tables: Table[], sort: string): Table[] {
  const by = sort.replace("-", "");
  const sign = sort.startsWith("-") ? -1 : 1;
  const figure = (table: Table) => (by === "rows" ? table.rows : by === "bytes" ? table.bytes : 0);
  return [...tables].sort((a, b) => sign * (figure(a) - figure(b)) || (by === "name" ? sign : 1) * nameOf(a).localeCompare(nameOf(b)));
}

export interface Difference {
  name: string;
  before?: Table;
  after?: Table;
}

/** The tables that are not alike in two backups, what changed most first. */
export function differences(before: Table[], after: Table[]): Difference[] {
  const old = new Map(before.map((table) => [nameOf(table), table]));
  const now = new Map(after.map((table) => [nameOf(table), table]));
  const changed = (one: Difference) => Math.abs((one.after?.rows ?? 0) - (one.before?.rows ?? 0));
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => ({ name, before: old.get(name), after: now.get(name) }))
    .filter(({ before: a, after: b }) => !a || !b || a.rows !== b.rows || a.bytes !== b.bytes)
    .sort((a, b) => changed(b) - changed(a) || a.name.localeCompare(b.name));
}
