import { Circle, CircleCheck, CircleDot, CircleX } from "lucide-react";
import type { Schemas } from "~/api/client";
import { clock } from "~/i18n/formats";
import { useTranslate, word } from "~/i18n/runtime";

type Stage = { name: string; at: string; mark: "done" | "now" | "bad" | "ahead" };
const marks = { done: [CircleCheck, "text-ok"], now: [CircleDot, "text-run"], bad: [CircleX, "text-bad"], ahead: [Circle, "text-faint"] } as const;

/** From entered to ended, with the moments that are known. */
export function stagesOf(run: Pick<Schemas["Run"], "state" | "created" | "started" | "finished" | "progress">): Stage[] {
  const over = run.finished !== "";
  const bad = ["failed", "cancelled", "interrupted"].includes(run.state);
  return [
    { name: "entered", at: run.created, mark: "done" },
    { name: "waited", at: run.started, mark: run.started ? "done" : over ? "bad" : "now" },
    { name: "worked", at: "", mark: over ? (bad ? "bad" : "done") : run.started ? "now" : "ahead" },
    { name: "ended", at: run.finished, mark: over ? (bad ? "bad" : "done") : "ahead" },
  ];
}

export function RunStages({ run }: { run: Schemas["Run"] }) {
  useTranslate();
  return (
    <ol className="flex flex-col gap-2.5 p-4">
      {stagesOf(run).map((stage) => {
        const [Icon, tone] = marks[stage.mark];
        return (
          <li key={stage.name} className="flex items-center gap-2.5" aria-current={stage.mark === "now" ? "step" : undefined}>
            <Icon size={16} className={`flex-none ${tone}`} aria-hidden />
            <span className={stage.mark === "ahead" ? "text-muted" : ""}>
              {word("stage", stage.name)}
              {stage.name === "worked" && run.progress.step && <span className="text-muted"> · {run.progress.step}</span>}
            </span>
            {stage.at && <time dateTime={stage.at} className="ms-auto text-xs text-muted">{clock(stage.at)}</time>}
          </li>
        );
      })}
    </ol>
  );
}
