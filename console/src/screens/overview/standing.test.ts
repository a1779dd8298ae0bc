import { expect, test } from "vitest";
import { type Standing, attention, counted, oldestPoint, share, toneOf } from "./standing";

const one = (name: string, protection: string, last_good = "2026-11-20T00:00:00Z"): Standing => ({
  database: name,
  name,
  server: "s",
  protection,
  reason: "",
  last_good,
  last_proof: "",
  backups: 1,
  stored_bytes: 1,
});

const all = [
  one("calm", "protected", "2026-11-22T00:00:00Z"),
  one("risky", "at_risk"),
  one("bare", "unprotected", ""),
  one("asleep", "paused", ""),
];

test("a paused database is in neither number", () => {
  expect(counted(all)).toEqual({ good: 1, all: 3 });
  expect(counted([])).toEqual({ good: 0, all: 0 });
});

test("what needs attention comes worst first", () => {
  expect(attention(all).map(({ name }) => name)).toEqual(["bare", "risky"]);
});

test("no recovery point at all is older than any", () => {
  expect(oldestPoint(all)?.name).toBe("bare");
  expect(oldestPoint(all.slice(0, 2))?.name).toBe("risky");
  expect(oldestPoint([])).toBeUndefined();
});

test("what people stopped themselves did not fail", () => {
  expect(share([{ succeeded: 2, failed: 1, cancelled: 4 }, {}, { partly: 1 }])).toEqual({ good: 2, all: 4 });
  expect(toneOf({ succeeded: 9 })).toBe("ok");
  expect(toneOf({ succeeded: 9, partly: 1 })).toBe("warn");
  expect(toneOf({ partly: 1, failed: 1 })).toBe("bad");
});
