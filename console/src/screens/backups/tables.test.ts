import { expect, test } from "vitest";
import { differences, sortTables } from "./tables";

const table = (name: string, rows: number, bytes = rows * 10) => ({ schema: "public", name, kind: "table", rows, bytes });

test("tables are sorted by a figure, equal ones by name", () => {
  const names = (sort: string) => sortTables([table("b", 1), table("a", 1), table("c", 5)], sort).map((one) => one.name).join("");
  expect(names("-rows")).toBe("cab");
  expect(names("rows")).toBe("abc");
  expect(names("-name")).toBe("cba");
});

test("of two backups only the tables that differ are told, the greatest change first", () => {
  const found = differences([table("same", 1), table("gone", 3), table("grown", 10)], [table("same", 1), table("grown", 90), table("new", 7)]);
  expect(found.map((one) => one.name)).toEqual(["public.grown", "public.new", "public.gone"]);
  expect(found[1]?.before).toBeUndefined();
  expect(found[2]?.after).toBeUndefined();
});
