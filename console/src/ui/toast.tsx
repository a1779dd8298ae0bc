import { CircleCheck, TriangleAlert } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Refusal, Unreachable } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";

interface Toast {
  id: number;
  text: string;
  bad: boolean;
}
const seconds = 6;
let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: Toast[]): void {
  toasts = to;
  for (const listener of listeners) listener();
}

/** Says in passing what was done; nobody has to answer. */
export function toast(text: string, bad = false): void {
  const id = next++;
  change([...toasts.slice(-3), { id, text, bad }]);
  setTimeout(() => change(toasts.filter((one) => one.id !== id)), seconds * 1000);
}

export function toastProblem(problem: unknown): void {
  const hint = problem instanceof Refusal && problem.hint ? ` ${problem.hint}` : "";
  toast(problem instanceof Unreachable ? "…" : `${problem instanceof Error ? problem.message : String(problem)}.${hint}`, true);
}

export function Toasts() {
  const t = useTranslate();
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed end-4 bottom-4 z-50 flex max-w-[min(26rem,calc(100vw-2rem))] flex-col gap-2">
      {shown.map(({ id, text, bad }) => (
        <div key={id} className="flex items-start gap-2.5 rounded-lg border border-line bg-raised p-3 shadow-raised">
          {bad ? <TriangleAlert size={18} className="flex-none text-bad" aria-hidden /> : <CircleCheck size={18} className="flex-none text-ok" aria-hidden />}
          <span className="min-w-0 break-words">{text === "…" ? t("problem.unreachable") : text}</span>
        </div>
      ))}
    </div>
  );
}
