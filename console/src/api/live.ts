// What changes on the server changes here, without asking again and again.
import type { QueryClient } from "@tanstack/react-query";
import * as session from "~/session";
import { refresh } from "./rows";

export type Connection = "connecting" | "live" | "lost";
export interface Change {
  sequence: number;
  topic: string;
  id?: string;
  state?: string;
}

const over = new Set(["succeeded", "partly", "failed", "cancelled", "interrupted"]);
const figures = ["protection", "statistics", "history"];
const kinds: Record<string, string[]> = {
  backup: ["backups", "copies", ...figures],
  copy: ["copies", "backups", ...figures],
  plan: ["plans"],
  server: ["servers"],
  database: ["databases", ...figures],
  store: ["stores", "statistics"],
  key: ["keys"],
  channel: ["channels"],
  delivery: ["deliveries"],
  notification: ["notifications", "unread"],
  settings: ["settings", "session", "profile"],
  token: ["tokens"],
  member: ["members", "invitations", "session", "profile", "picture"],
  invitation: ["invitations"],
};

/** Which kinds of rows a change makes stale. Progress of a run is not yet news for the figures. */
export function staleAfter(change: Change): string[] {
  if (change.topic === "reload") return ["*"];
  if (change.topic === "run") {
    return over.has(change.state ?? "") ? ["runs", "backups", "copies", "plans", ...figures] : ["runs"];
  }
  return kinds[change.topic] ?? [change.topic];
}

/** The messages in a piece of an event stream, and what is left of it. */
export function readEvents(text: string): { messages: string[]; rest: string } {
  const blocks = text.split("\n\n");
  const rest = blocks.pop() ?? "";
  const messages = blocks.flatMap((block) =>
    block.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)),
  );
  return { messages, rest };
}

/** How long to wait before the next attempt: longer each time, never all clients at once. */
export function backOff(attempt: number, chance = Math.random()): number {
  return Math.min(30_000, 500 * 2 ** Math.min(attempt, 6)) * (0.5 + chance / 2);
}

const batch = 300; // milliseconds in which changes are gathered before anything is read again

/** Listens until told to stop. Told over server-sent events, read with fetch because those, unlike
 *  a browser's WebSocket, can carry the Authorization line. */
export class Listener {
  private after = 0;
  private attempt = 0;
  private readonly stopper = new AbortController();
  private stale = new Set<string>();
  private flush?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly client: QueryClient,
    private readonly tell: (state: Connection) => void,
  ) {
    void this.listen();
  }

  stop(): void {
    this.stopper.abort();
    clearTimeout(this.flush);
  }

  private async listen(): Promise<void> {
    while (!this.stopper.signal.aborted) {
      await this.follow().catch(() => undefined);
      if (this.stopper.signal.aborted) return;
      this.tell("lost");
      await this.pause(backOff(this.attempt++));
    }
  }

  private async follow(): Promise<void> {
    const behind = this.after ? `?after=${this.after}` : "";
    const response = await fetch(`/api/v1/live${behind}`, {
      headers: { ...(await session.authorization()), Accept: "text/event-stream" },
      signal: this.stopper.signal,
    });
    if (response.status === 401) session.end();
    if (!response.ok || !response.body) throw new Error(String(response.status));
    // What happened while nobody listened is not known, unless we can ask from where we were.
    if (this.attempt > 0 || !this.after) this.gather(["*"]);
    this.attempt = 0;
    this.tell("live");
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const read = readEvents(rest + value);
      rest = read.rest;
      for (const message of read.messages) this.hear(JSON.parse(message) as Change);
    }
  }

  private hear(change: Change): void {
    this.after = change.sequence;
    this.gather(staleAfter(change));
  }

  private gather(stale: string[]): void {
    for (const kind of stale) this.stale.add(kind);
    this.flush ??= setTimeout(() => {
      this.flush = undefined;
      const kinds = [...this.stale];
      this.stale.clear();
      if (kinds.includes("*")) void this.client.invalidateQueries();
      else refresh(this.client, ...kinds);
    }, batch);
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      const now = () => {
        clearTimeout(timer);
        resolve();
      };
      window.addEventListener("online", now, { once: true });
      this.stopper.signal.addEventListener("abort", now, { once: true });
    });
  }
}
