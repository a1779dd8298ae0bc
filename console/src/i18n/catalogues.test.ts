import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type Catalogue, languages } from "./runtime";

const root = path.resolve(import.meta.dirname, "..");
const load = (language: string) =>
  JSON.parse(readFileSync(path.join(root, `i18n/locales/${language}.json`), "utf8")) as Catalogue;
const en = load("en");
const ending = /_(zero|one|two|few|many|other)$/;
const plurals = new Set(Object.keys(en).filter((key) => key.endsWith("_other")).map((key) => key.replace(ending, "")));
const baseOf = (key: string) => (plurals.has(key.replace(ending, "")) ? key.replace(ending, "") : key);
const holes = (text: string) => new Set(text.match(/\{\{\w+\}\}/g) ?? []);

describe.each(Object.keys(languages))("%s", (language) => {
  const own = load(language);

  test("has every key, and no other", () => {
    expect(new Set(Object.keys(own).map(baseOf))).toEqual(new Set(Object.keys(en).map(baseOf)));
  });

  test("has every plural form that its language has", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const missing = [...plurals].flatMap((key) => forms.map((form) => `${key}_${form}`)).filter((key) => !own[key]);
    expect(missing).toEqual([]);
  });

  test("fills in nothing that English does not know", () => {
    const strange = Object.entries(own).filter(([key, text]) => {
      const known = holes(plurals.has(baseOf(key)) ? (en[`${baseOf(key)}_other`] ?? "") : (en[key] ?? ""));
      return [...holes(text)].some((hole) => !known.has(hole));
    });
    expect(strange).toEqual([]);
  });

  test.skipIf(language === "en")("is translated: only names and codes are as in English", () => {
    const same = Object.entries(own).filter(([key, text]) => text === en[key] && text.length > 24 && /[a-z]{4} [a-z]{4}/.test(text));
    expect(same).toEqual([]);
  });
});

test("every key that the screens ask for is there, and every key is asked for", () => {
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /(?<!test)\.tsx?$/.test(name));
  const text = sources.map((name) => readFileSync(path.join(root, name), "utf8")).join("\n");
  const asked = [...text.matchAll(/\bt\(\s*"([a-z_0-9.]+)"/g)].map((match) => match[1] ?? "");
  expect(asked.filter((key) => !(key in en) && !plurals.has(key))).toEqual([]);
  // Groups whose words are made of what the server says.
  const made = /^(finding|kind|level|live|notifications|proof|protection|retention|rule|scope|severity|stage|start|state|term|theme|token|trigger|role|via)\./;
  const unused = [...new Set(Object.keys(en).map(baseOf))].filter((key) => !made.test(key) && !text.includes(`"${key}"`));
  expect(unused.filter((key) => !/\.empty$/.test(key))).toEqual([]);
});
