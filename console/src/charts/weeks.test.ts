import { expect, test } from "vitest";
import { weeksBetween } from "./weeks";

test("weeks begin on Monday, and days outside are empty", () => {
  // 23 November 2026 is a Monday.
  expect(weeksBetween("2026-11-24", "2026-12-01")).toEqual([
    ["", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"],
    ["2026-11-30", "2026-12-01", "", "", "", "", ""],
  ]);
  expect(weeksBetween("2026-11-23", "2026-11-23")).toHaveLength(1);
});

test("a year that begins on any day has all its days once", () => {
  const days = weeksBetween("2028-01-01", "2028-12-31").flat().filter(Boolean);
  expect(new Set(days).size).toBe(366);
  expect(days).toHaveLength(366);
});
