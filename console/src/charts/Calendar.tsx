import { useId } from "react";
import { day } from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import type { Tone } from "~/ui/Badge";
import { ChartTable } from "./ChartTable";
import { weeksBetween } from "./weeks";

export interface Kind {
  tone: Tone;
  /** How much of the square it fills: never by colour alone. */
  full: number;
  words: string;
}
interface Props {
  name: string;
  days: ReadonlyMap<string, string>; // which kind each day is
  kinds: Record<string, Kind>;
  none: string; // the kind of all other days
  first: string;
  last: string;
}
const fills: Record<Tone, string> = { ok: "fill-ok-solid", warn: "fill-warn-solid", bad: "fill-bad-solid", run: "fill-run-solid", idle: "fill-idle-solid" };
const step = 14;

/** A square for each day, a column for each week. */
export function Calendar({ name, days, kinds, none, first, last }: Props) {
  const t = useTranslate();
  const id = useId();
  const weeks = weeksBetween(first, last);
  const kindOf = (date: string) => kinds[days.get(date) ?? none] ?? (kinds[none] as Kind);
  return (
    <figure aria-labelledby={id}>
      <figcaption id={id} className="sr-only">
        {name}
      </figcaption>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={name}>
        <svg width={weeks.length * step} height={7 * step} className="block rtl:-scale-x-100" aria-hidden>
          {weeks.flatMap((week, column) =>
            week.map((date, row) => date && <Square key={date} x={column * step} y={row * step} kind={kindOf(date)} title={`${day(date)}: ${kindOf(date).words}`} />),
          )}
        </svg>
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {Object.entries(kinds).map(([key, kind]) => (
          <li key={key} className="inline-flex items-center gap-1.5">
            <svg width={step} height={step} aria-hidden>
              <Square x={0} y={0} kind={kind} />
            </svg>
            {kind.words}
          </li>
        ))}
      </ul>
      <ChartTable name={name} head={[t("chart.day"), t("column.state")]} rows={[...days].map(([date, kind]) => ({ key: date, cells: [day(date), kinds[kind]?.words ?? kind] }))} />
    </figure>
  );
}

function Square({ x, y, kind, title }: { x: number; y: number; kind: Kind; title?: string }) {
  const side = (step - 2) * kind.full;
  const edge = (step - 2 - side) / 2;
  return (
    <>
      <rect x={x + 1} y={y + 1} width={step - 2} height={step - 2} rx="3" className="fill-sunken">
        {title && <title>{title}</title>}
      </rect>
      {kind.full > 0 && <rect x={x + 1 + edge} y={y + 1 + edge} width={side} height={side} rx="2" className={`pointer-events-none ${fills[kind.tone]}`} />}
    </>
  );
}
