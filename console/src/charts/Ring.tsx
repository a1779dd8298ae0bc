import { pie, arc } from "d3-shape";
import type { Tone } from "~/ui/Badge";

export interface Slice {
  tone: Tone;
  value: number;
}
const fills: Record<Tone, string> = { ok: "fill-ok-solid", warn: "fill-warn-solid", bad: "fill-bad-solid", run: "fill-run-solid", idle: "fill-idle-solid" };

/** Parts of a whole; the words beside it say the same. */
export function Ring({ slices }: { slices: Slice[] }) {
  const whole = slices.some((slice) => slice.value > 0) ? slices : [{ tone: "idle" as const, value: 1 }];
  const angles = pie<Slice>().sort(null).value((slice) => slice.value)(whole);
  const path = arc<(typeof angles)[number]>().innerRadius(37).outerRadius(46).padAngle(whole.filter((slice) => slice.value > 0).length > 1 ? 0.05 : 0).cornerRadius(1);
  return (
    <svg viewBox="-50 -50 100 100" className="size-20 flex-none sm:size-24" aria-hidden>
      {angles.map((angle) => (
        <path key={angle.data.tone} d={path(angle) ?? ""} className={fills[angle.data.tone]} />
      ))}
    </svg>
  );
}
