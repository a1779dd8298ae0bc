import type { Schemas } from "~/api/client";
import * as formats from "~/i18n/formats";
import { useTranslate, word } from "~/i18n/runtime";
import { Bar } from "~/ui/Bar";

/** How far a run is. Without an expectation only what was done is known, and said. */
export function RunProgress({ run }: { run: Schemas["Run"] }) {
  const t = useTranslate();
  const { step, bytes_in, bytes_expected } = run.progress;
  const part = bytes_expected > 0 ? Math.min(1, bytes_in / bytes_expected) : undefined;
  const seconds = (Date.now() - Date.parse(run.started)) / 1000;
  const left = part && part > 0.02 && seconds > 2 ? (seconds / part) * (1 - part) : undefined;
  if (run.state !== "running") return <p className="text-xs text-muted">{word("state", run.state)}</p>;
  return (
    <div className="flex min-w-36 flex-col gap-1">
      <div className="flex justify-between gap-3 text-xs">
        <span className="truncate text-run">{part === undefined ? step || word("state", "running") : formats.percent(part)}</span>
        {left !== undefined && <span className="text-muted">{t("run.left", { time: formats.duration(left) })}</span>}
      </div>
      <Bar part={part ?? 0} name={t("run.progress")} />
      {bytes_in > 0 && (
        <span className="text-xs text-muted">
          {formats.bytes(bytes_in)}
          {bytes_expected > 0 && ` / ${formats.bytes(bytes_expected)}`}
        </span>
      )}
    </div>
  );
}
