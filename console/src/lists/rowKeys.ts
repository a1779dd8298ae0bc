const linkOf = (row: Element | undefined) => row?.querySelector<HTMLElement>("td.main a, td.main button");

/** Moves the focus from row to row. */
export function moveInRows(step: 1 | -1): void {
  const rows = [...document.querySelectorAll("table.rows tbody tr")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  linkOf(rows[next])?.focus();
}

/** Ticks the row that has the focus. */
export function pickRow(): void {
  document.activeElement?.closest("tr")?.querySelector<HTMLInputElement>("td.pick input")?.click();
}
