import { answer } from "~/api/client";
import * as session from "~/session";

/** Gives a file to whoever looks at the page. */
export function saveAs(name: string, content: Blob | string): void {
  const blob = typeof content === "string" ? new Blob([content], { type: "text/plain" }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** The same with what the server sends. */
export async function saveFrom(place: string, name: string): Promise<void> {
  const response = await fetch(place, { headers: { ...session.consoleHeader, ...(await session.authorization()) } });
  if (!response.ok) await answer(Promise.resolve({ error: await response.json().catch(() => undefined), response }));
  saveAs(name, await response.blob());
}
