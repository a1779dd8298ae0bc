import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { toast, toastProblem } from "~/ui/toast";
import { runPlan } from "./acts";

/** Backs up now; one run is watched, of many the list is shown. */
export function RunPlanButton({ plan }: { plan: string }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const run = useAct(runPlan, "runs");
  const start = async () => {
    const runs = await run.mutateAsync(plan);
    toast(t("plan.entered", { count: runs.length }));
    const [first] = runs;
    if (runs.length === 1 && first) await navigate({ to: "/runs/$id", params: { id: first } });
    else await navigate({ to: "/runs" });
  };
  return (
    <Button needs="operate" kind="primary" busy={run.isPending} onClick={() => start().catch(toastProblem)}>
      <Play size={15} className="rtl:-scale-x-100" aria-hidden />
      {t("plan.run")}
    </Button>
  );
}
