import { useState } from "react";
import { answer, api } from "~/api/client";
import { type Kind, useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import type { Right } from "~/rights";
import { Button } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { toast, toastProblem } from "~/ui/toast";

export interface BulkAction {
  action: string;
  label: string;
  needs: Right;
  /** Said before it is done; nothing to confirm without it. */
  warning?: string;
  /** Done here instead of by the server, with so many rows. */
  here?: { rows: number; act: (ids: string[]) => void };
}

interface Props {
  kind: Kind;
  actions: BulkAction[];
  picked: ReadonlySet<string>;
  clear: () => void;
}

/** What can be done to the rows that are ticked. */
export function BulkBar({ kind, actions, picked, clear }: Props) {
  const t = useTranslate();
  const [asking, setAsking] = useState<BulkAction>();
  const bulk = useAct(
    (action: string) =>
      answer(api.POST(`/api/v1/${kind}/bulk` as "/api/v1/backups/bulk", { body: { action, ids: [...picked] } })),
    kind,
    "runs",
    "copies",
  );
  if (picked.size === 0) return null;
  const perform = async (action: BulkAction) => {
    const done = await bulk.mutateAsync(action.action);
    const refused = done.items.find((item) => item.detail);
    toast(t("bulk.done", { count: done.done }) + (refused ? ` · ${t("bulk.refused", { count: done.refused })}: ${refused.detail}` : ""), done.refused > 0);
    clear();
  };
  const begin = (action: BulkAction) => {
    if (action.here) action.here.act([...picked]);
    else if (action.warning) setAsking(action);
    else perform(action).catch(toastProblem);
  };
  return (
    <div role="toolbar" aria-label={t("bulk.name")} className="mb-4 flex flex-wrap items-center gap-2 rounded-lg bg-brand-soft p-2.5 text-brand-text">
      <span className="px-1.5 font-medium">{t("bulk.picked", { count: picked.size })}</span>
      {actions.map((action) => (
        <Button key={action.action} size="small" busy={bulk.isPending} disabled={action.here && picked.size !== action.here.rows} onClick={() => begin(action)}>
          {action.label}
        </Button>
      ))}
      <Button size="small" kind="quiet" onClick={clear}>
        {t("list.pick_none")}
      </Button>
      {asking && (
        <Confirm title={asking.label} action={asking.label} act={() => perform(asking)} onClose={() => setAsking(undefined)}>
          <p>{asking.warning}</p>
          <p>{t("bulk.picked", { count: picked.size })}</p>
        </Confirm>
      )}
    </div>
  );
}
