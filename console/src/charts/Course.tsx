import { line } from "d3-shape";
import { useId } from "react";
import { day } from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { ChartTable } from "./ChartTable";

export interface Series {
  id: string;
  name: string;
  values: number[];
  /** One figure for each of the days to come. */
  ahead?: number[];
}
interface Props {
  name: string;
  days: string[];
  ahead: string[];
  series: Series[];
  write: (value: number) => string;
}
const width = 600;
const height = 160;
// Told apart by how they are drawn, not by colour alone.
const strokes = ["stroke-brand", "stroke-run-solid", "stroke-warn-solid", "stroke-bad-solid", "stroke-idle-solid"];
const widths = [2.5, 1.5, 3.5, 1, 2];

/** The course of some figures over days, dashed where it is only expected. */
export function Course({ name, days, ahead, series, write }: Props) {
  const t = useTranslate();
  const id = useId();
  const most = Math.max(1, ...series.flatMap((one) => [...one.values, ...(one.ahead ?? [])]));
  const all = days.length + ahead.length;
  const x = (at: number) => (at / Math.max(1, all - 1)) * width;
  const y = (value: number) => height - 4 - (value / most) * (height - 8);
  const path = (values: number[], from: number) => line<number>((_, at) => x(from + at), y)(values) ?? "";
  return (
    <figure aria-labelledby={id}>
      <figcaption id={id} className="sr-only">
        {name}
      </figcaption>
      <div className="flex justify-between text-[11px] text-muted">
        <span>{write(most)}</span>
      </div>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className="h-40 w-full rtl:-scale-x-100" aria-hidden>
        <path d={`M0 ${height - 4}H${width}`} className="stroke-line" vectorEffect="non-scaling-stroke" />
        {series.map((one, at) => (
          <g key={one.id} className={`fill-none ${strokes[at % strokes.length]}`} strokeWidth={widths[at % widths.length]}>
            <path d={path(one.values, 0)} vectorEffect="non-scaling-stroke" />
            {one.ahead && <path d={path([one.values.at(-1) ?? 0, ...one.ahead], one.values.length - 1)} strokeDasharray="4 4" vectorEffect="non-scaling-stroke" />}
          </g>
        ))}
      </svg>
      <div className="mt-1 flex justify-between text-[11px] text-muted">
        <span>{day(days[0] ?? "")}</span>
        <span>{day(ahead.at(-1) ?? days.at(-1) ?? "")}</span>
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {series.map((one, at) => (
          <li key={one.id} className="inline-flex items-center gap-1.5">
            <svg width="22" height="8" aria-hidden className={strokes[at % strokes.length]} strokeWidth={widths[at % widths.length]}>
              <path d="M0 4H22" />
            </svg>
            {one.name}
          </li>
        ))}
      </ul>
      <ChartTable
        name={name}
        head={[t("chart.day"), ...series.map((one) => one.name)]}
        rows={[...days.map((date, at) => ({ key: date, cells: [day(date), ...series.map((one) => write(one.values[at] ?? 0))] }))]}
      />
    </figure>
  );
}
