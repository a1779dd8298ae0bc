import { type ReactNode, useState } from "react";
import { useTranslate } from "~/i18n/runtime";
import { Dialog } from "./Dialog";
import { TextField } from "./Field";
import { Form } from "./Form";
import { useForm } from "./useForm";

interface Props {
  title: string;
  action: string;
  /** What has to be typed; without it a click is enough. */
  target?: string;
  children: ReactNode;
  act: () => Promise<unknown>;
  onClose: () => void;
}

/** Before what cannot be undone: says what it does, and wants the target's name. */
export function Confirm({ title, action, target, children, act, onClose }: Props) {
  const t = useTranslate();
  const [typed, setTyped] = useState("");
  const form = useForm({}, async () => {
    await act();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={action} danger onCancel={onClose} disabled={target !== undefined && typed !== target}>
        <div className="flex flex-col gap-2">{children}</div>
        {target !== undefined && (
          <TextField
            label={t("confirm.type", { target })}
            name="confirm"
            className="font-mono"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Form>
    </Dialog>
  );
}
