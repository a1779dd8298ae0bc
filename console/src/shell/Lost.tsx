import { CircleX } from "lucide-react";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { Empty } from "~/ui/States";

/** When a screen itself broke: a part of the page did not arrive, or we made a mistake. */
export function Lost({ error }: { error: unknown }) {
  const t = useTranslate();
  return (
    <Empty icon={CircleX} title={t("problem.page")}>
      <p>{t("problem.page_hint")}</p>
      <code className="text-xs break-all">{String(error)}</code>
      <Button onClick={() => location.reload()}>{t("act.try_again")}</Button>
    </Empty>
  );
}
