import { Plus } from "lucide-react";
import { useState } from "react";
import { useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { RunPlanButton } from "~/screens/plans/RunPlanButton";
import { useMay } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Answer } from "~/ui/States";

/** A backup is of a plan: it says where to, and how it is sealed. */
export function BackUpNow() {
  const t = useTranslate();
  const [choosing, setChoosing] = useState(false);
  const plans = useRows("plans", { limit: 200, sort: "name" });
  const may = useMay("operate");
  useShortcuts(may ? { c: () => setChoosing(true) } : {});
  return (
    <>
      <Button needs="operate" kind="primary" onClick={() => setChoosing(true)}>
        <Plus size={16} aria-hidden />
        {t("plan.run")}
      </Button>
      {choosing && (
        <Dialog title={t("plan.run")} onClose={() => setChoosing(false)}>
          <Answer of={plans} rows={3}>
            {({ items }) =>
              items.length === 0 ? (
                <p className="text-muted">{t("plans.empty")}</p>
              ) : (
                <ul className="flex flex-col gap-3">
                  {items.map((plan) => (
                    <li key={plan.id} className="flex items-center justify-between gap-3">
                      <div className="min-w-0">
                        <div className="truncate font-medium">{plan.name}</div>
                        <div className="text-xs text-muted">{t("plan.counts", { databases: plan.databases.length, count: plan.destinations.length })}</div>
                      </div>
                      <RunPlanButton plan={plan.id} />
                    </li>
                  ))}
                </ul>
              )
            }
          </Answer>
        </Dialog>
      )}
    </>
  );
}
