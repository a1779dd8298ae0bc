import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import type { Schemas } from "~/api/client";
import { useTranslate, word } from "~/i18n/runtime";

const marks = { fine: [CircleCheck, "text-ok"], warning: [TriangleAlert, "text-warn"], blocks: [CircleX, "text-bad"] } as const;

/** What a look ahead found; what is in the way stands first. */
export function Findings({ of }: { of: Schemas["Finding"][] }) {
  useTranslate();
  const order = ["blocks", "warning", "fine"];
  const sorted = [...of].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  return (
    <ul className="flex flex-col gap-2.5">
      {sorted.map((one) => {
        const [Icon, tone] = marks[one.level];
        return (
          <li key={one.about + one.text} className="flex items-start gap-2.5">
            <Icon size={17} className={`mt-0.5 flex-none ${tone}`} role="img" aria-label={word("finding", one.level)} />
            <div className="min-w-0">
              <p className="break-words">{one.text}</p>
              {one.hint && <p className="text-sm text-muted">{one.hint}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
