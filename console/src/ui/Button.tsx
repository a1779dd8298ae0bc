import type { ComponentProps, ReactNode } from "react";
import { tv } from "tailwind-variants/lite";
import { type Right, useMay } from "~/rights";

export const buttonLook = tv({
  base: "inline-flex items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap cursor-pointer disabled:cursor-not-allowed disabled:opacity-60 transition-colors",
  variants: {
    kind: {
      primary: "bg-brand text-brand-ink hover:enabled:bg-brand-hover [a&]:hover:bg-brand-hover",
      plain: "border border-line bg-surface text-ink hover:bg-sunken",
      quiet: "text-muted hover:bg-sunken hover:text-ink",
      danger: "border border-bad text-bad bg-surface hover:enabled:bg-bad-soft",
    },
    size: { normal: "min-h-9 px-3.5", small: "min-h-7 px-2.5 text-[13px]", icon: "size-9" },
  },
  defaultVariants: { kind: "plain", size: "normal" },
});

export interface ButtonProps extends ComponentProps<"button"> {
  kind?: "primary" | "plain" | "quiet" | "danger";
  size?: "normal" | "small" | "icon";
  busy?: boolean;
  /** Whoever may not is not offered it. */
  needs?: Right;
}

export function Button({ kind, size, busy, needs = "", className, disabled, type = "button", ...rest }: ButtonProps) {
  const may = useMay(needs);
  if (!may) return null;
  return (
    <button
      type={type}
      className={buttonLook({ kind, size, className })}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    />
  );
}

/** Only an icon to see; its name to hear and on hover. */
export function IconButton({ name, children, ...rest }: ButtonProps & { name: string; children: ReactNode }) {
  return (
    <Button kind="quiet" size="icon" aria-label={name} title={name} {...rest}>
      {children}
    </Button>
  );
}

/** The name of a row that opens what can be changed of it. */
export function NameButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button type="button" className="cursor-pointer rounded-sm font-medium hover:underline" onClick={onClick}>
      {name}
    </button>
  );
}
