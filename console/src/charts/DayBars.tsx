import { useId } from "react";
import { useTranslate } from "~/i18n/runtime";
import { day } from "~/i18n/formats";

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
      <details className="mt-1 text-xs text-muted">
        <summary className="w-fit cursor-pointer rounded-sm">{t("chart.table")}</summary>
        <div className="mt-2 max-h-60 overflow-y-auto" tabIndex={0} role="region" aria-label={name}>
          <table className="w-full">
            <thead>
              <tr>
                <th scope="col" className="text-start font-medium">{t("chart.day")}</th>
                <th scope="col" className="text-end font-medium">{value}</th>
              </tr>
            </thead>
            <tbody>
              {bars.map((bar) => (
                <tr key={bar.day}>
                  <td>{day(bar.day)}</td>
                  <td className="text-end">{bar.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
