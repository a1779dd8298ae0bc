import { area, line } from "d3-shape";

const width = 120;
const height = 30;

/** The course of a figure, from zero. */
export function Spark({ values }: { values: number[] }) {
  if (values.length < 2) return null;
  const most = Math.max(...values, 1);
  const x = (_: number, at: number) => (at / (values.length - 1)) * width;
  const y = (value: number) => height - 2 - (value / most) * (height - 4);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="h-8 w-28 flex-none rtl:-scale-x-100" aria-hidden>
      <path d={area<number>().x(x).y0(height).y1(y)(values) ?? ""} className="fill-brand-soft" />
      <path d={line<number>().x(x).y(y)(values) ?? ""} className="fill-none stroke-brand" strokeWidth="1.5" />
    </svg>
  );
}
