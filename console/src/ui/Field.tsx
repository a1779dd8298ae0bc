import { type ComponentProps, type ReactNode, createContext, useContext, useId } from "react";
import { Refusal } from "~/api/client";

/** What the server said about a form, for the field that it is about. */
export const FormProblem = createContext<unknown>(undefined);

function useComplaint(name: string | undefined): string | undefined {
  const problem = useContext(FormProblem);
  if (!(problem instanceof Refusal) || !name || !problem.field) return undefined;
  const about = problem.field === name || problem.field.startsWith(`${name}.`) || problem.field.startsWith(`${name}[`);
  return about ? `${problem.text} ${problem.hint}`.trim() : undefined;
}

interface FrameProps {
  label: string;
  help?: ReactNode;
  name?: string;
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

export function Field({ label, help, name, children }: FrameProps) {
  const id = useId();
  const complaint = useComplaint(name);
  const described = [help && `${id}-help`, complaint && `${id}-bad`].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1 min-w-0">
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": complaint ? true : undefined })}
      {complaint && (
        <p id={`${id}-bad`} className="text-xs text-bad">
          {complaint}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="hint">
          {help}
        </p>
      )}
    </div>
  );
}

type Plain = { label: string; help?: ReactNode; name: string };
const look = "control aria-invalid:border-bad";

export function TextField({ label, help, name, className = "", ...rest }: Plain & ComponentProps<"input">) {
  return (
    <Field label={label} help={help} name={name}>
      {(ids) => <input {...ids} name={name} className={`${look} ${className}`} {...rest} />}
    </Field>
  );
}

export function TextArea({ label, help, name, className = "", ...rest }: Plain & ComponentProps<"textarea">) {
  return (
    <Field label={label} help={help} name={name}>
      {(ids) => <textarea {...ids} name={name} rows={3} className={`${look} py-2 ${className}`} {...rest} />}
    </Field>
  );
}

export function SelectField({ label, help, name, children, ...rest }: Plain & ComponentProps<"select">) {
  return (
    <Field label={label} help={help} name={name}>
      {(ids) => (
        <select {...ids} name={name} className={look} {...rest}>
          {children}
        </select>
      )}
    </Field>
  );
}

/** A box to tick, with its words beside it. */
export function Tick({ label, help, ...rest }: { label: ReactNode; help?: string } & ComponentProps<"input">) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5 py-1">
      <input type="checkbox" id={id} className="mt-0.5 flex-none" aria-describedby={help ? `${id}-help` : undefined} {...rest} />
      <div>
        <label htmlFor={id}>{label}</label>
        {help && (
          <p id={`${id}-help`} className="hint">
            {help}
          </p>
        )}
      </div>
    </div>
  );
}
