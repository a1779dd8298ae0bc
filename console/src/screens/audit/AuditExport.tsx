import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslate } from "~/i18n/runtime";
import type { Search } from "~/lists/search";
import { Button } from "~/ui/Button";
import { saveFrom } from "~/ui/saving";
import { toastProblem } from "~/ui/toast";

/** The audit as the filters show it, as a file. */
export function AuditExport({ search }: { search: Search }) {
  const t = useTranslate();
  const [busy, setBusy] = useState(false);
  const { cursor: _, sort: __, limit: ___, ...filters } = search;
  const save = async (kind: "csv" | "jsonl") => {
    setBusy(true);
    const query = new URLSearchParams(filters);
    await saveFrom(`/api/v1/audit-export/${kind}?${query}`, `audit.${kind}`).catch(toastProblem);
    setBusy(false);
  };
  return (["csv", "jsonl"] as const).map((kind) => (
    <Button key={kind} busy={busy} onClick={() => void save(kind)}>
      <Download size={16} aria-hidden />
      {t("audit.export", { kind: kind === "csv" ? "CSV" : "JSON" })}
    </Button>
  ));
}
