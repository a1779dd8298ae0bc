import { expect, test } from "vitest";
import { directionOf, preferred, translate } from "./runtime";

const words = { "run_one": "{{count}} run", "run_other": "{{count}} runs", hello: "Hello {{name}}, {{name}}" };

test("the plural form follows the language", () => {
  expect(translate(words, "en", "run", { count: 1 })).toBe("1 run");
  expect(translate(words, "en", "run", { count: 1234 })).toBe("1,234 runs");
  expect(translate({ x_few: "few", x_other: "other" }, "ar", "x", { count: 3 })).toBe("few");
});

test("what is not given stays visible, what is unknown shows its key", () => {
  expect(translate(words, "en", "hello", { name: "Ada" })).toBe("Hello Ada, Ada");
  expect(translate(words, "en", "hello")).toBe("Hello {{name}}, {{name}}");
  expect(translate(words, "en", "nothing")).toBe("nothing");
});

test("digits can be copied into a terminal in every language", () => {
  expect(translate({ x_other: "{{count}}" }, "ar", "x", { count: 42 })).toBe("42");
});

test("the chosen language wins, then the first that we have", () => {
  expect(preferred("fr", ["de-DE"])).toBe("fr");
  expect(preferred(null, ["pt-BR", "es-MX", "en"])).toBe("es");
  expect(preferred("xx", [])).toBe("en");
  expect([directionOf("ar"), directionOf("de")]).toEqual(["rtl", "ltr"]);
});
