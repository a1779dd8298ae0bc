// The first day, chapter by chapter.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { admin, ask, browser, page, password, shots, sound, told, wire } from "./stage.mjs";

export async function setUp() {
  await page.goto(`/setup#${told.secret}`);
  await page.getByLabel("Organization").fill("Acme");
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByText("at least 10 characters").first().waitFor();
  await sound("story-setup");
  assert.equal(await page.getByLabel("Organization").inputValue(), "Acme", "what was typed stays");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.waitForURL("**/start");
}

export async function firstBackup() {
  const heading = (name) => page.getByRole("heading", { name, exact: true, level: 2 }).waitFor();
  await heading("Key");
  await page.getByRole("button", { name: "Make a key" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the recovery sheet" }).click();
  assert.match(readFileSync(await (await download).path(), "utf8"), /AGE-SECRET-KEY-1/);
  await sound("story-key");
  await page.getByRole("button", { name: "Use this key" }).click();

  await heading("Store");
  await page.getByLabel("Name", { exact: true }).fill("disk");
  await page.getByLabel("Address").fill(told.store);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await page.getByRole("img", { name: "Fine" }).first().waitFor();
  await page.getByRole("button", { name: "Next step" }).click();

  await heading("Server");
  await page.getByLabel("Name", { exact: true }).fill("db");
  await page.getByLabel("Address").fill(told.postgres);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("A role with no more rights than backups need").waitFor();
  assert.match(await page.locator("pre").innerText(), /CREATE ROLE/);
  await page.getByRole("button", { name: "Next step" }).click();

  await heading("Databases");
  await page.getByLabel("shop", { exact: true }).check();
  await page.getByRole("button", { name: "Protect 1 database" }).click();

  await heading("Plan");
  await page.getByLabel("Name", { exact: true }).fill("nightly");
  await page.getByText("keeps 7 daily, 4 weekly, 12 monthly, 1 yearly").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await heading("Notifications");
  await page.getByRole("button", { name: "Leave this out" }).click();
  await heading("First backup");
  await page.getByRole("button", { name: "Back up now" }).click();

  await page.waitForURL("**/runs/*");
  await page.getByText("Succeeded").first().waitFor({ timeout: 60_000 });
  await page.getByRole("link", { name: "To the backup" }).click();
  await page.waitForURL("**/backups/*");
}

export async function notesAndLabels() {
  await page.getByLabel("Labels").fill("env:prod, before:migration");
  await page.getByLabel("Notes").fill("taken before the big migration");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").waitFor();
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  await page.getByRole("button", { name: "Unpin" }).waitFor();

  await page.getByRole("link", { name: "Backups", exact: true }).click();
  await page.getByRole("searchbox", { name: "Search" }).fill("migration");
  await page.waitForURL(/[?&]q=migration/);
  await page.getByRole("row", { name: /before:migration/ }).waitFor();
  await page.getByRole("searchbox", { name: "Search" }).fill("nothing is called so");
  await page.getByText("Nothing matches").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("row", { name: /before:migration/ }).waitFor();

  await page.getByRole("checkbox", { name: "Tick this row" }).first().check();
  await page.getByRole("toolbar").getByRole("button", { name: "Unpin" }).click();
  await page.getByText("Done for 1").waitFor();
  const { items } = await ask("GET", "backups");
  assert.equal(items[0].pinned, false);
}

export async function restoreTable() {
  const { items } = await ask("GET", "backups");
  await page.goto(`/restore?backup=${items[0].id}`);
  await page.getByLabel("What of it").selectOption("tables");
  await page.getByLabel("Single tables").fill("public.orders");
  await page.getByLabel("Into the database").fill("one_table");
  await page.getByRole("button", { name: "Look ahead" }).click();
  await page.getByText("Nothing is in the way.").waitFor();
  await page.screenshot({ path: path.join(shots, "story-restore.png"), fullPage: true });
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await sound("story-confirm");
  await page.getByRole("dialog").getByRole("button", { name: "Restore", exact: true }).click();
  await page.waitForURL("**/runs/*");
  await page.getByText("Succeeded").first().waitFor({ timeout: 60_000 });
}

export async function lostConnection() {
  await page.goto("/backups");
  await page.getByText("Live", { exact: true }).waitFor();
  const { items } = await ask("GET", "backups");
  wire.cut();
  await page.getByText("Reconnecting…").waitFor();
  await sound("story-lost");
  await ask("PATCH", `backups/${items[0].id}`, { notes: "written while nobody could see it" });
  wire.mend();
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("written while nobody could see it").waitFor();
}

export async function blankSecret() {
  const [server] = (await ask("GET", "servers")).items;
  await ask("PATCH", `servers/${server.id}`, { secret: "hunter2" });
  await page.goto(`/servers/${server.id}`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByText("Left blank, the stored one is kept.").waitFor();
  await sound("story-edit");
  await page.getByRole("dialog").getByLabel("Notes").fill("touched");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const after = await ask("GET", `servers/${server.id}`);
  assert.equal(after.notes, "touched");
  assert.ok(after.secrets_set?.length > 0, "the password is still there");
}

export async function keyboard() {
  await page.goto("/");
  await page.getByRole("heading", { name: "Needs attention" }).waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "To the content");
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await page.waitForURL("**/backups");
  await page.getByRole("checkbox", { name: "Tick this row" }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByText("1 ticked").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("shop");
  await page.waitForURL(/[?&]q=shop/);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("stor");
  await page.getByRole("menuitem", { name: "Stores" }).waitFor();
  await sound("story-palette");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

export async function proof() {
  const [backup] = (await ask("GET", "backups")).items;
  await page.goto("/");
  await page.getByText("No backup was proven yet.").waitFor();
  await page.goto(`/backups/${backup.id}`);
  await page.getByRole("button", { name: "Prove it" }).click();
  await page.waitForURL("**/runs/*");
  await page.getByText("Succeeded").first().waitFor({ timeout: 120_000 });
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("heading", { name: "1 of 1 database protected" }).waitFor();
}

export async function telephone() {
  const phone = await browser.window({ width: 360, height: 740, as: admin });
  await phone.goto("/");
  await phone.getByRole("button", { name: "Menu" }).click();
  await phone.getByRole("dialog").waitFor();
  await sound("story-drawer", phone);
  await phone.getByRole("link", { name: "Plans" }).click();
  await phone.getByRole("link", { name: "nightly" }).click();
  await phone.getByRole("button", { name: "Back up now" }).click();
  await phone.waitForURL("**/runs/*");
  await phone.getByText("Succeeded").first().waitFor({ timeout: 60_000 });
  await phone.getByRole("link", { name: "To the backup" }).click();
  await phone.getByRole("button", { name: "Remove", exact: true }).click();
  const remove = phone.getByRole("dialog").getByRole("button", { name: "Remove", exact: true });
  assert.ok(await remove.isDisabled(), "first the name is typed");
  const { items } = await ask("GET", "backups?sort=-taken");
  await phone.getByRole("dialog").getByRole("textbox").fill(items[0].name);
  await sound("story-remove", phone);
  await remove.click();
  await phone.getByRole("button", { name: "Keep after all" }).click();
  await phone.getByText("The backup stays, and is pinned").waitFor();
  await phone.context().close();
}

export async function signOutAndIn() {
  await page.goto("/stores");
  await page.getByRole("button", { name: /Sign out/ }).click();
  await page.waitForURL("**/sign-in**");
  await page.goto("/stores");
  await page.waitForURL("**/sign-in**");
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password").fill("wrong password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("name or password is wrong").waitFor();
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/stores");
}
