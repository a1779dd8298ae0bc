import { type ChangeEvent, type FormEvent, useState } from "react";

type Texts = Record<string, string | boolean>;

/** What is typed stays typed, whatever the server answers. */
export function useForm<T extends Texts>(initial: T, send: (values: T) => Promise<void>) {
  const [values, setValues] = useState(initial);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<T>) => setValues((old) => ({ ...old, ...change }));

  return {
    values,
    set,
    problem,
    busy,
    text: (name: keyof T & string) => ({
      name,
      value: values[name] as string,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
        set({ [name]: event.target.value } as Partial<T>),
    }),
    tick: (name: keyof T & string) => ({
      checked: values[name] as boolean,
      onChange: (event: ChangeEvent<HTMLInputElement>) => set({ [name]: event.target.checked } as Partial<T>),
    }),
    submit: async (event: FormEvent) => {
      event.preventDefault();
      setBusy(true);
      setProblem(undefined);
      try {
        await send(values);
      } catch (reason) {
        setProblem(reason);
      } finally {
        setBusy(false);
      }
    },
  };
}

/** "env:prod, team:shop" as the labels that it means. */
export function readLabels(text: string): Record<string, string> {
  const pairs = text.split(",").map((part) => part.trim()).filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", ...rest] = pair.split(":");
      return [name.trim(), rest.join(":").trim()];
    }),
  );
}

export function writeLabels(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => (value ? `${name}:${value}` : name))
    .join(", ");
}

export const readLines = (text: string): string[] => text.split(/[\n,]/).map((line) => line.trim()).filter(Boolean);
