// What the console shows of backups: what is in them, how they differ, and what happened lately.
import assert from "node:assert/strict";
import { ask, page, sound } from "./stage.mjs";

export async function lookInside() {
  const { items } = await ask("GET", "backups?sort=taken");
  await page.goto(`/backups/${items[0].id}`);
  await page.getByRole("button", { name: "Look inside" }).click();
  const table = page.getByRole("table", { name: "What is inside" });
  await table.getByRole("row", { name: /public\.orders 999 / }).waitFor();
  await page.getByRole("searchbox", { name: "Find a table" }).fill("cust");
  await table.getByRole("row", { name: /public\.customers 99 / }).waitFor();
  assert.equal(await table.getByRole("row").count(), 2);
  await sound("story-contents");
}

export async function compare() {
  await page.goto("/backups");
  const boxes = page.getByRole("checkbox", { name: "Tick this row" });
  await boxes.first().check();
  assert.ok(await page.getByRole("button", { name: "Compare" }).isDisabled(), "it takes two");
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Compare" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("row", { name: /Stored/ }).waitFor();
  await dialog.getByText("All tables have the same rows and sizes").waitFor();
  await sound("story-compare");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
}

export async function bell() {
  await page.goto("/runs");
  await page.getByRole("figure", { name: "Calendar of backups" }).waitFor();
  const button = page.getByRole("banner").getByRole("button", { name: /unread notification/ });
  await button.click();
  const latest = page.getByRole("dialog", { name: "Centre" });
  await latest.getByRole("listitem").first().waitFor();
  await sound("story-bell");
  await latest.getByRole("button", { name: "Mark all as read" }).click();
  await page.getByRole("button", { name: "0 unread notifications" }).waitFor();
  await page.keyboard.press("Escape");
  await latest.waitFor({ state: "hidden" });
}

export async function tour() {
  await page.goto("/");
  await page.getByRole("button", { name: "Begin the tour" }).click();
  const card = page.getByRole("region", { name: "Tour" });
  await card.getByText("1 of 7").waitFor();
  await sound("story-tour");
  for (let stop = 2; stop <= 7; stop += 1) {
    await card.getByRole("button", { name: "Next" }).click();
    await card.getByText(`${stop} of 7`).waitFor();
  }
  await page.waitForURL("**/help");
  await card.getByRole("button", { name: "Done" }).click();
  await card.waitFor({ state: "detached" });
  await page.goto("/");
  await page.getByRole("heading", { name: "Needs attention" }).waitFor();
  assert.equal(await page.getByText("New here?").count(), 0, "who has seen it is not asked again");
  await page.goto("/help");
  await page.getByRole("button", { name: "Begin the tour" }).click();
  await card.getByRole("button", { name: "Close" }).click();
}
