import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { goToStop, stops } from "./tourStops";

/** Beside what it speaks of: the page stays usable. */
export default function Tour({ at }: { at: number }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const box = useRef<HTMLElement>(null);
  const [place, text] = stops[at] ?? stops[0];
  useEffect(() => {
    void navigate({ to: place });
    box.current?.focus();
  }, [place, navigate]);
  const isLast = at === stops.length - 1;
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={t("tour.title")}
      onKeyDown={(event) => event.key === "Escape" && goToStop(undefined)}
      className="fixed end-4 bottom-4 z-30 w-96 max-w-[calc(100vw-2rem)] rounded-xl border-2 border-brand bg-raised p-4 shadow-raised"
    >
      <p className="text-xs text-muted">
        {t("tour.title")} · {t("tour.step", { at: at + 1, all: stops.length })}
      </p>
      <p className="mt-1" aria-live="polite">
        {t(text)}
      </p>
      <div className="mt-3 flex justify-end gap-2">
        {!isLast && (
          <Button size="small" kind="quiet" onClick={() => goToStop(undefined)}>
            {t("act.close")}
          </Button>
        )}
        {at > 0 && (
          <Button size="small" onClick={() => goToStop(at - 1)}>
            {t("list.previous")}
          </Button>
        )}
        <Button size="small" kind="primary" onClick={() => goToStop(isLast ? undefined : at + 1)}>
          {isLast ? t("act.done") : t("list.next")}
        </Button>
      </div>
    </section>
  );
}
