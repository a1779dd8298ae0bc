import { useRouter } from "@tanstack/react-router";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";

interface Props {
  cursor?: string;
  next?: string;
  change: (to: Record<string, string | undefined>) => void;
}

/** Pages go forward; the way back is the browser's, or to the first one. */
export function Pager({ cursor, next, change }: Props) {
  const t = useTranslate();
  const { history } = useRouter();
  if (!cursor && !next) return null;
  return (
    <nav aria-label={t("list.pages")} className="mt-3 flex justify-end gap-2">
      {cursor && <Button onClick={() => change({ cursor: undefined })}>{t("list.first")}</Button>}
      {cursor && <Button onClick={() => history.back()}>{t("list.previous")}</Button>}
      <Button disabled={!next} onClick={() => change({ cursor: next })}>
        {t("list.next")}
      </Button>
    </nav>
  );
}
