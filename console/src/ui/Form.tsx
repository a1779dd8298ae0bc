import type { FormEvent, ReactNode } from "react";
import { Refusal } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "./Button";
import { FormProblem } from "./Field";
import { ProblemNote } from "./States";

interface Props {
  form: { problem: unknown; busy: boolean; submit: (event: FormEvent) => Promise<void> };
  action: string;
  children: ReactNode;
  onCancel?: () => void;
  danger?: boolean;
  disabled?: boolean;
}

/** Fields, what was wrong with them, and the one act that they are for. */
export function Form({ form, action, children, onCancel, danger, disabled }: Props) {
  const t = useTranslate();
  const atField = form.problem instanceof Refusal && form.problem.field !== "";
  return (
    <FormProblem value={form.problem}>
      <form onSubmit={form.submit} className="flex flex-col gap-4" noValidate>
        {children}
        {form.problem !== undefined && !atField && <ProblemNote problem={form.problem} />}
        {atField && <FieldOfNobody problem={form.problem as Refusal} />}
        <div className="flex flex-wrap justify-end gap-2">
          {onCancel && <Button onClick={onCancel}>{t("act.cancel")}</Button>}
          <Button type="submit" kind={danger ? "danger" : "primary"} busy={form.busy} disabled={disabled}>
            {action}
          </Button>
        </div>
      </form>
    </FormProblem>
  );
}

/** Said once more in words beside the button: the field may be out of sight. */
function FieldOfNobody({ problem }: { problem: Refusal }) {
  return (
    <p role="alert" className="text-sm text-bad">
      {problem.message}
    </p>
  );
}
