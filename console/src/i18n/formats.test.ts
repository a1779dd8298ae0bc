import { expect, test } from "vitest";
import { bytes, duration, localeOf, percent, relative } from "./formats";

test("bytes are decimal, with a digit more where it matters", () => {
  expect(bytes(0)).toBe("0 bytes");
  expect(bytes(999)).toBe("999 bytes");
  expect(bytes(1000)).toBe("1 kB");
  expect(bytes(999_600)).toBe("1 MB");
  expect(bytes(1_940_000_000)).toBe("1.9 GB");
  expect(bytes(88_000_000_000)).toBe("88 GB");
});

test("a duration has its two largest units", () => {
  expect(duration(0)).toBe("0s");
  expect(duration(59.6)).toBe("1m");
  expect(duration(7265)).toBe("2h 1m");
  expect(duration(86_400 * 2 + 5)).toBe("2d");
  expect(duration(-5)).toBe("0s");
});

test("moments are told from now", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  expect(relative("2026-11-23T10:59:00Z", now)).toBe("1h ago");
  expect(relative("2026-11-23T12:05:00Z", now)).toBe("in 5m");
  expect(relative("2026-11-23T12:00:00Z", now)).toMatch(/0s/);
});

test("the browser's country counts where it speaks the language", () => {
  expect(localeOf("en", ["de-DE", "en-GB"])).toBe("en-GB");
  expect(localeOf("fr", ["en-GB"])).toBe("fr");
  expect(localeOf("ar", ["ar-EG"])).toBe("ar-EG-u-nu-latn");
  expect(percent(0.123)).toBe("12%");
});
