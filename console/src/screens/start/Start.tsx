import { Check } from "lucide-react";
import { useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { useListSearch } from "~/lists/search";
import { Button } from "~/ui/Button";
import { Card, Page } from "~/ui/Page";
import { Waiting } from "~/ui/States";
import { type Step, StepContent, steps } from "./StepContent";

/** From nothing to a first backup. What is done is seen from what there is, so that it can be left
 *  and taken up again at any time. */
export default function Start() {
  const t = useTranslate();
  const { search, change } = useListSearch();
  const done = useDone();
  if (!done) return <Waiting />;
  const open = steps.find((step) => step === search.step) ?? steps.find((step) => !done.has(step)) ?? "backup";
  const next = steps[steps.indexOf(open) + 1];
  const go = (step?: Step) => change({ step });
  return (
    <Page title={t("start.title")} about={t("start.about")}>
      <div className="grid max-w-5xl items-start gap-4 lg:grid-cols-[260px_minmax(0,1fr)]">
        <Card>
          <ol className="p-2">
            {steps.map((step, at) => (
              <li key={step}>
                <button
                  type="button"
                  onClick={() => go(step)}
                  aria-current={step === open ? "step" : undefined}
                  className="flex min-h-10 w-full cursor-pointer items-center gap-3 rounded-md px-2 text-start hover:bg-sunken aria-[current]:bg-brand-soft aria-[current]:text-brand-text"
                >
                  <span className={`grid size-6 flex-none place-items-center rounded-full text-xs font-medium ${done.has(step) ? "bg-ok-soft text-ok" : "bg-sunken text-muted"}`}>
                    {done.has(step) ? <Check size={14} role="img" aria-label={t("start.done")} /> : at + 1}
                  </span>
                  {t(`start.${step}`)}
                </button>
              </li>
            ))}
          </ol>
        </Card>
        <Card title={t(`start.${open}`)}>
          <div className="flex flex-col gap-4 p-4">
            <p className="text-muted">{t(`start.${open}_about`)}</p>
            <StepContent step={open} onDone={() => go(next)} />
            {next && (
              <Button kind="quiet" className="self-start" onClick={() => go(next)}>
                {done.has(open) ? t("start.next") : t("start.skip")}
              </Button>
            )}
          </div>
        </Card>
      </div>
    </Page>
  );
}

function useDone(): Set<Step> | undefined {
  const few = { limit: 1 };
  const rows: [Step, { data?: { items: unknown[] } }][] = [
    ["key", useRows("keys", few)],
    ["store", useRows("stores", few)],
    ["server", useRows("servers", few)],
    ["database", useRows("databases", few)],
    ["plan", useRows("plans", few)],
    ["channel", useRows("channels", few)],
    ["backup", useRows("backups", few)],
  ];
  if (rows.some(([, row]) => !row.data)) return undefined;
  return new Set(rows.filter(([, row]) => row.data?.items.length).map(([step]) => step));
}
