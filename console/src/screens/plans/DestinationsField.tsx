import type { Schemas } from "~/api/client";
import { useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Tick } from "~/ui/Field";
import { type Rule, retentionWords, rules } from "./words";

export type Destination = Schemas["Destination"];

interface Props {
  value: Destination[];
  onChange: (to: Destination[]) => void;
  preset: Schemas["Retention"];
}

/** Where to, and how long each store keeps it. */
export function DestinationsField({ value, onChange, preset }: Props) {
  const t = useTranslate();
  const stores = useRows("stores", { limit: 200, sort: "name" });
  const toggle = (store: string) =>
    onChange(value.some((one) => one.store === store) ? value.filter((one) => one.store !== store) : [...value, { store, retention: preset }]);
  const set = (store: string, rule: Rule, amount: number) =>
    onChange(value.map((one) => (one.store === store ? { ...one, retention: { ...one.retention, [rule]: amount } } : one)));
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="px-1 text-[13px] font-medium">{t("plan.destinations")}</legend>
      {stores.data?.items.length === 0 && <p className="text-muted">{t("stores.empty")}</p>}
      {(stores.data?.items ?? []).map((store) => {
        const chosen = value.find((one) => one.store === store.id);
        return (
          <div key={store.id}>
            <Tick label={store.name} checked={chosen !== undefined} onChange={() => toggle(store.id)} />
            {chosen && (
              <div className="ms-6 mb-2">
                <div className="grid grid-cols-3 gap-2 sm:grid-cols-6">
                  {rules.map((rule) => (
                    <label key={rule} className="text-xs text-muted">
                      {t(`rule.${rule}`)}
                      <input
                        type="number"
                        min={0}
                        className="control mt-0.5 text-ink"
                        value={chosen.retention[rule]}
                        onChange={(event) => set(store.id, rule, Math.max(0, Number(event.target.value)))}
                      />
                    </label>
                  ))}
                </div>
                <p className="hint mt-1">{t("retention.keeps", { what: retentionWords(chosen.retention, t) })}</p>
              </div>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
