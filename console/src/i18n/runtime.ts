// Catalogues are i18next JSON v4 with flat keys: "{{name}}" is filled in, "_one", "_few" … are the
// plural forms of the language. This is all of that format that we use.
import { useSyncExternalStore } from "react";
import en from "./locales/en.json";

type Plural = "_zero" | "_one" | "_two" | "_few" | "_many" | "_other";
type Base<K> = K extends `${infer B}${Plural}` ? B : K;
export type Key = Base<keyof typeof en>;
export type Catalogue = Record<string, string>;
export type Values = Record<string, string | number>;

export const languages = { en: "English", de: "Deutsch", fr: "Français", es: "Español", ar: "العربية" } as const;
export type Language = keyof typeof languages;

const loaders: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => Promise.resolve({ default: en }),
  de: () => import("./locales/de.json"),
  fr: () => import("./locales/fr.json"),
  es: () => import("./locales/es.json"),
  ar: () => import("./locales/ar.json"),
};

let current: { language: Language; catalogue: Catalogue } = { language: "en", catalogue: en };
const listeners = new Set<() => void>();

export function directionOf(language: string): "rtl" | "ltr" {
  return language === "ar" ? "rtl" : "ltr";
}

/** The chosen language, else the first that the browser wants and we have. */
export function preferred(stored: string | null, wanted: readonly string[]): Language {
  const candidates = [stored ?? "", ...wanted.map((tag) => tag.slice(0, 2))];
  return (candidates.find((one) => one in languages) as Language | undefined) ?? "en";
}

export async function useCatalogue(language: Language): Promise<void> {
  const { default: catalogue } = await loaders[language]();
  current = { language, catalogue };
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  for (const listener of listeners) listener();
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem("language", language);
  await useCatalogue(language);
}

export function translate(catalogue: Catalogue, language: string, key: string, values: Values = {}): string {
  const { count } = values;
  const form = typeof count === "number" ? new Intl.PluralRules(language).select(count) : "";
  const text = catalogue[`${key}_${form}`] ?? catalogue[`${key}_other`] ?? catalogue[key] ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(numbersOf(language)).format(value) : value;
  });
}

/** Western digits in Arabic too: sizes, ports and times are copied into terminals. */
export function numbersOf(language: string): string {
  return language.startsWith("ar") ? `${language}-u-nu-latn` : language;
}

export type Translate = (key: Key, values?: Values) => string;
const t: Translate = (key, values) => translate(current.catalogue, current.language, key, values);

/** For words that are made of what the server says: "state.failed". The word itself when new. */
export function word(group: string, name: string): string {
  const key = `${group}.${name}`;
  return current.catalogue[key] ?? name.replaceAll("_", " ");
}

export const language = (): Language => current.language;

export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current.language,
  );
}

export function useTranslate(): Translate {
  useLanguage();
  return t;
}
