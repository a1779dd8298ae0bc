import { percent } from "~/i18n/formats";

const fills = { ok: "fill-ok-solid", warn: "fill-warn-solid", bad: "fill-bad-solid", run: "fill-run-solid" };

/** How much of a whole. Drawn, as a strict policy allows no style attributes in markup. */
export function Bar({ part, tone = "run", name }: { part: number; tone?: keyof typeof fills; name: string }) {
  const shown = Math.min(1, Math.max(0, part));
  return (
    <div role="progressbar" aria-label={name} aria-valuenow={Math.round(shown * 100)} aria-valuemin={0} aria-valuemax={100} aria-valuetext={percent(shown)}>
      <svg className="block h-1.5 w-full rounded-full rtl:-scale-x-100" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
        <rect width="100" height="6" className="fill-sunken" />
        <rect width={shown * 100} height="6" className={`${fills[tone]} transition-[width] duration-500 ease-linear`} />
      </svg>
    </div>
  );
}
