// Figures, sizes and moments as the chosen language writes them.
import { language, numbersOf } from "./runtime";

/** The browser's own variety of the language where it speaks it: days and clocks differ by country. */
export function localeOf(chosen: string, spoken: readonly string[]): string {
  return numbersOf(spoken.find((tag) => tag.slice(0, 2) === chosen) ?? chosen);
}

const locale = () => localeOf(language(), navigator.languages);

export const none = "—";

export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

export function percent(part: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(part);
}

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;

/** Decimal: 1 kB is 1000 bytes. */
export function bytes(value: number): string {
  let at = 0;
  let rest = value;
  while (rest >= 999.5 && at < byteUnits.length - 1) {
    rest /= 1000;
    at += 1;
  }
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: byteUnits[at],
    unitDisplay: at === 0 ? "long" : "short",
    maximumFractionDigits: rest < 10 && at > 0 ? 1 : 0,
  }).format(rest);
}

const spans = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** The two largest units: "2h 1m". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = spans.findIndex(([, size]) => whole >= size);
  if (first < 0) return unit(0, "second");
  let rest = whole;
  const parts: string[] = [];
  for (const [name, size] of spans.slice(first, first + 2)) {
    const amount = Math.floor(rest / size);
    rest %= size;
    if (amount > 0) parts.push(unit(amount, name));
  }
  return parts.join(" ");
}

function unit(amount: number, name: string): string {
  return new Intl.NumberFormat(locale(), { style: "unit", unit: name, unitDisplay: "narrow" }).format(amount);
}

/** "9 min. ago", "in 3 hr." */
export function relative(moment: string | number | Date, now = Date.now()): string {
  const seconds = (new Date(moment).getTime() - now) / 1000;
  const [name, size] = spans.find(([, one]) => Math.abs(seconds) >= one) ?? (["second", 1] as const);
  return new Intl.RelativeTimeFormat(locale(), { style: "narrow", numeric: "always" }).format(
    Math.trunc(seconds / size),
    name,
  );
}

export function moment(value: string | number | Date): string {
  return new Intl.DateTimeFormat(locale(), {
    dateStyle: "medium",
    timeStyle: "medium",
  }).format(new Date(value));
}

/** With its zone, for where a mistake of an hour matters. */
export function exactMoment(value: string | number | Date, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale(), {
    year: "numeric",
    month: "short",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(value));
}

export function day(value: string | Date): string {
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short" }).format(new Date(value));
}

export function clock(value: string | Date): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: "medium" }).format(new Date(value));
}
