import { useId } from "react";
import { useTranslate } from "~/i18n/runtime";
import { day } from "~/i18n/formats";
import { ChartTable } from "./ChartTable";

export interface Bar {
  day: string;
  value: number;
  text: string;
  tone?: "ok" | "warn" | "bad" | "brand";
}
const fills = { ok: "fill-ok-solid", warn: "fill-warn-solid", bad: "fill-bad-solid", brand: "fill-brand" };

/** A bar for each day, with the table that it draws. */
export function DayBars({ bars, name, value, small }: { bars: Bar[]; name: string; value: string; small?: boolean }) {
  const t = useTranslate();
  const id = useId();
  const most = Math.max(...bars.map((bar) => bar.value), 1);
  const step = 100 / bars.length;
  const height = small ? 18 : 60;
  return (
    <figure aria-labelledby={id}>
      <figcaption id={id} className="sr-only">
        {name}
      </figcaption>
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" className={`w-full rtl:-scale-x-100 ${small ? "h-7" : "h-28"}`} aria-hidden>
        {bars.map((bar, at) => {
          const tall = bar.value > 0 ? Math.max(2, (bar.value / most) * height) : 1;
          return (
            <rect key={bar.day} x={at * step + step * 0.12} width={step * 0.76} y={height - tall} height={tall} className={bar.value > 0 ? fills[bar.tone ?? "brand"] : "fill-line"}>
              <title>{`${day(bar.day)}: ${bar.text}`}</title>
            </rect>
          );
        })}
      </svg>
      {bars.length > 0 && (
        <div className="mt-1 flex justify-between text-[11px] text-muted">
          <span>{day(bars[0]?.day ?? "")}</span>
          <span>{day(bars.at(-1)?.day ?? "")}</span>
        </div>
      )}
      <ChartTable name={name} head={[t("chart.day"), value]} rows={bars.map((bar) => ({ key: bar.day, cells: [day(bar.day), bar.text] }))} />
    </figure>
  );
}
