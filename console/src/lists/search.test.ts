import { expect, test } from "vitest";
import { changed, nextSort, readSearch } from "./search";

test("an address holds texts; what is empty is not there", () => {
  expect(readSearch({ q: "shop", page: 2, broken: { a: 1 }, none: "" })).toEqual({ q: "shop", page: "2" });
});

test("another filter begins at the first page, another page keeps the filter", () => {
  expect(changed({ q: "a", cursor: "x" }, { q: "b" })).toEqual({ q: "b" });
  expect(changed({ q: "a", cursor: "x" }, { cursor: "y" })).toEqual({ q: "a", cursor: "y" });
  expect(changed({ q: "a", state: "failed" }, { q: undefined })).toEqual({ state: "failed" });
});

test("a column sorts newest first, then the other way", () => {
  expect(nextSort(undefined, "taken")).toBe("-taken");
  expect(nextSort("-taken", "taken")).toBe("taken");
  expect(nextSort("name", "taken")).toBe("-taken");
});
