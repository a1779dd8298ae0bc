import { expect, test } from "vitest";
import { backOff, readEvents, staleAfter } from "./live";

test("events are read whole, however they are cut", () => {
  const first = readEvents(': here\n\ndata: {"sequence":1}\n\ndata: {"seq');
  expect(first.messages).toEqual(['{"sequence":1}']);
  expect(readEvents(`${first.rest}uence":2}\n\n`)).toEqual({ messages: ['{"sequence":2}'], rest: "" });
});

test("progress makes runs stale, an end also what is counted", () => {
  expect(staleAfter({ sequence: 1, topic: "run", state: "running" })).toEqual(["runs"]);
  expect(staleAfter({ sequence: 1, topic: "run", state: "failed" })).toEqual(expect.arrayContaining(["runs", "protection", "statistics"]));
  expect(staleAfter({ sequence: 1, topic: "notification" })).toEqual(["notifications", "unread"]);
  expect(staleAfter({ sequence: 1, topic: "reload" })).toEqual(["*"]);
  expect(staleAfter({ sequence: 1, topic: "something new" })).toEqual(["something new"]);
});

test("waits grow to half a minute at most, and are spread", () => {
  expect(backOff(0, 0)).toBe(250);
  expect(backOff(0, 1)).toBe(500);
  expect(backOff(3, 1)).toBe(4000);
  expect(backOff(99, 1)).toBe(30_000);
});
