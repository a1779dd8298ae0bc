import {
  BadgeCheck,
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  type LucideIcon,
  LoaderCircle,
  PauseCircle,
  ShieldAlert,
  ShieldCheck,
  ShieldX,
  TriangleAlert,
} from "lucide-react";
import { useTranslate, word } from "~/i18n/runtime";

export type Tone = "ok" | "warn" | "bad" | "run" | "idle";
const soft: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  run: "bg-run-soft text-run",
  idle: "bg-idle-soft text-idle",
};

export function Badge({ tone, icon: Icon, children }: { tone: Tone; icon?: LucideIcon; children: string }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${soft[tone]}`}
    >
      {Icon && <Icon size={14} aria-hidden />}
      {children}
    </span>
  );
}

const protections: Record<string, [Tone, LucideIcon]> = {
  protected: ["ok", ShieldCheck],
  at_risk: ["warn", ShieldAlert],
  unprotected: ["bad", ShieldX],
  paused: ["idle", PauseCircle],
};

export function ProtectionBadge({ state }: { state: string }) {
  useTranslate();
  const [tone, icon] = protections[state] ?? ["warn", ShieldAlert];
  return (
    <Badge tone={tone} icon={icon}>
      {word("protection", state)}
    </Badge>
  );
}

const states: Record<string, [Tone, LucideIcon]> = {
  queued: ["idle", CircleDashed],
  running: ["run", LoaderCircle],
  succeeded: ["ok", CircleCheck],
  partly: ["warn", TriangleAlert],
  failed: ["bad", CircleX],
  cancelled: ["idle", Ban],
  interrupted: ["warn", TriangleAlert],
  complete: ["ok", CircleCheck],
  condemned: ["warn", TriangleAlert],
  removed: ["idle", Ban],
  missing: ["bad", CircleX],
  delivered: ["ok", CircleCheck],
  waiting: ["idle", CircleDashed],
  "given up": ["bad", CircleX],
  kept: ["ok", CircleCheck],
  expected: ["idle", CircleDashed],
};

export function StateBadge({ state }: { state: string }) {
  useTranslate();
  const [tone, icon] = states[state] ?? ["idle", CircleDashed];
  return (
    <Badge tone={tone} icon={icon}>
      {word("state", state.replace(" ", "_"))}
    </Badge>
  );
}

/** How far a backup is proven: in words and by shape, never by colour alone. */
export function ProofMark({ level, damaged }: { level: number; damaged: boolean }) {
  useTranslate();
  const [icon, tone]: [LucideIcon, string] = damaged
    ? [ShieldX, "text-bad"]
    : level >= 3
      ? [ShieldCheck, "text-ok"]
      : level > 0
        ? [BadgeCheck, "text-muted"]
        : [TriangleAlert, "text-warn"];
  const Icon = icon;
  return (
    <span className={`inline-flex items-center gap-1.5 text-xs ${tone}`}>
      <Icon size={14} aria-hidden className="flex-none" />
      {word("proof", damaged ? "damaged" : String(Math.min(level, 4)))}
    </span>
  );
}
