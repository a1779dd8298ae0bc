import { CircleCheck, CircleX } from "lucide-react";
import type { Schemas } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";

/** What a test tried, and what came of it. */
export function Checks({ of }: { of: Schemas["Check"][] }) {
  const t = useTranslate();
  return (
    <ul className="flex flex-col gap-2">
      {of.map((check) => (
        <li key={check.name} className="flex items-start gap-2.5">
          {check.ok ? (
            <CircleCheck size={17} className="mt-0.5 flex-none text-ok" aria-label={t("state.fine")} role="img" />
          ) : (
            <CircleX size={17} className="mt-0.5 flex-none text-bad" aria-label={t("state.failed")} role="img" />
          )}
          <div className="min-w-0">
            <span className="font-medium">{check.name}</span>
            {check.detail && <p className={`text-sm break-words ${check.ok ? "text-muted" : "text-bad"}`}>{check.detail}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
