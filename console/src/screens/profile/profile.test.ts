import { expect, test } from "vitest";
import { fieldsOf } from "~/screens/audit/Changes";
import { initials } from "~/ui/Face";
import { allows } from "~/rights";
import { agentName } from "./agent";

test("what a browser calls itself becomes its name", () => {
  expect(agentName("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")).toBe("Firefox · Linux");
  expect(agentName("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0")).toBe("Edge · Windows");
  expect(agentName("curl/8.5")).toBe("curl");
  expect(agentName("")).toBe("?");
});

test("somebody without a picture has two letters", () => {
  expect(initials("ada.lovelace@example.com")).toBe("al");
  expect(initials("admin")).toBe("a");
  expect(initials("")).toBe("");
});

test("each right holds those below it; what has no name yet holds nothing", () => {
  expect(allows("sign in", "")).toBe(true);
  expect(allows("sign in", "read")).toBe(false);
  expect(allows("administer", "operate")).toBe(true);
  expect(allows("read", "operate")).toBe(false);
  expect(allows("", "read")).toBe(false);
});

test("of a change only the fields that differ are shown", () => {
  expect(fieldsOf({ before: { a: 1, b: [1], c: 1 }, after: { a: 1, b: [2], d: 1 } })).toEqual(["b", "c", "d"]);
});
