import { expect, test } from "vitest";
import { daysToFull, expected } from "./forecast";

const growing = (from: number, perDay: number, days = 10) => Array.from({ length: days }, (_, at) => from + at * perDay);

test("a store is full when its growth reaches the cap", () => {
  expect(daysToFull(growing(100, 10), 290)).toBe(10);
  expect(daysToFull(growing(100, 10), 190)).toBe(0);
});

test("what is not known is not said", () => {
  expect(daysToFull(growing(100, 10), 0)).toBeUndefined();
  expect(daysToFull(growing(100, 10, 5), 1000)).toBeUndefined();
  expect(daysToFull(growing(100, 0), 1000)).toBeUndefined();
  expect(daysToFull(growing(100, 1), 1e9)).toBeUndefined();
  expect(daysToFull([], 10)).toBeUndefined();
});

test("days before the first backup are no growth", () => {
  expect(daysToFull([...Array(20).fill(0), ...growing(100, 10)], 290)).toBe(10);
});

test("what is expected goes on from the last day", () => {
  expect(expected(growing(100, 10), 3)).toEqual([200, 210, 220]);
  expect(expected(growing(100, 0), 3)).toBeUndefined();
});
