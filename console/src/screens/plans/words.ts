import type { Schemas } from "~/api/client";
import type { Translate } from "~/i18n/runtime";

type Retention = Schemas["Retention"];
export const rules = ["keep_last", "keep_days", "daily", "weekly", "monthly", "yearly"] as const;
export type Rule = (typeof rules)[number];

/** "the last 3, 7 daily, 4 weekly"; everything when no rule is on. */
export function retentionWords(retention: Pick<Retention, Rule>, t: Translate): string {
  const on = rules.filter((rule) => retention[rule] > 0);
  if (on.length === 0) return t("retention.everything");
  return on.map((rule) => t(`retention.${rule}`, { count: retention[rule] })).join(", ");
}
