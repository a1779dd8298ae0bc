import { useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { RunPlanButton } from "~/screens/plans/RunPlanButton";
import { PlanFields } from "~/screens/plans/PlanForm";
import { ServerFields } from "~/screens/servers/ServerForm";
import { ServerTest } from "~/screens/servers/ServerTest";
import { StoreFields } from "~/screens/stores/StoreForm";
import { StoreTest } from "~/screens/stores/Store";
import { ChannelFields } from "~/screens/notifications/ChannelForm";
import { NewKey } from "~/screens/keys/NewKey";
import { DatabasesFound } from "./DatabasesFound";

export const steps = ["key", "store", "server", "database", "plan", "channel", "backup"] as const;
export type Step = (typeof steps)[number];

/** The forms of the screens themselves; what is there already is tested instead of asked for. */
export function StepContent({ step, onDone }: { step: Step; onDone: () => void }) {
  const store = useRows("stores", { limit: 1 }).data?.items[0];
  const server = useRows("servers", { limit: 1 }).data?.items[0];
  switch (step) {
    case "key":
      return <NewKey onDone={onDone} />;
    case "store":
      return store ? <StoreTest id={store.id} /> : <StoreFields onSaved={() => undefined} />;
    case "server":
      return server ? <ServerTest id={server.id} /> : <ServerFields onSaved={() => undefined} />;
    case "database":
      return server ? <DatabasesFound server={server.id} onDone={onDone} /> : <ServerFields onSaved={() => undefined} />;
    case "plan":
      return <NewPlan onDone={onDone} />;
    case "channel":
      return <ChannelFields onDone={onDone} />;
    case "backup":
      return <FirstBackup />;
  }
}

function NewPlan({ onDone }: { onDone: () => void }) {
  const databases = useRows("databases", { limit: 500 });
  if (!databases.data) return null;
  return <PlanFields databases={databases.data.items.map((one) => one.id)} onSaved={onDone} />;
}

function FirstBackup() {
  const t = useTranslate();
  const plan = useRows("plans", { limit: 1 }).data?.items[0];
  return <div>{plan ? <RunPlanButton plan={plan.id} /> : <p>{t("plans.empty")}</p>}</div>;
}
