// Others come: who they are, what they may, how they sign in, and what is known of what they did.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { screensOf, settled } from "./screens.mjs";
import { Api, admin, browser, page, password, someIds, sound } from "./stage.mjs";
import { totp } from "./totp.mjs";

const vera = { name: "vera", password: "another long secret" };
let window;
let secret;

export async function invite() {
  await page.goto("/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByRole("dialog").getByLabel("User name").fill("vera");
  await page.getByText("Looks at everything, changes nothing.").first().waitFor();
  await sound("story-invite");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link of the invitation").innerText();
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await page.getByRole("table", { name: "Invited" }).getByText("vera").waitFor();

  window = await browser.window();
  await window.goto(link);
  await window.getByLabel("User name").fill(vera.name);
  await window.getByLabel("Password").fill(vera.password);
  await sound("story-invitation", window);
  await window.getByRole("button", { name: "Join" }).click();
  await window.getByRole("heading", { name: "Needs attention" }).waitFor();
  await page.getByText("No invitation is open").waitFor();
}

// What whoever may only look is offered: to look closer and to page. Their profile and what they have read is theirs.
const harmless = /^(Next|Back|First page|Clear filters|Try again|Copy|Centre|Channels|Deliveries|Look inside|Compare|Begin the tour|No, thanks|What is this\?)$/;
const apart = new Set(["profile", "notifications", "audit", "restore", "start", "wall"]);

export async function viewerChangesNothing() {
  const found = [];
  for (const [name, place] of Object.entries(screensOf(await someIds()))) {
    if (apart.has(name)) continue;
    await window.goto(place);
    await settled(window);
    const names = await window.locator("main").getByRole("button").evaluateAll((all) => all.filter((one) => !one.closest("thead")).map((one) => one.getAttribute("aria-label") ?? one.textContent.trim()));
    const forms = await window.locator("main form").count();
    for (const one of names) if (!harmless.test(one)) found.push(`${name}: ${one}`);
    if (forms > 0) found.push(`${name}: ${forms} forms`);
  }
  assert.deepEqual(found, [], "a viewer is offered acts");
  for (const place of ["Restore", "Audit"]) assert.equal(await window.getByRole("link", { name: place, exact: true }).count(), 0);

  const api = new Api(vera);
  const { plans, backups, databases } = await someIds();
  for (const [method, place, body] of [["POST", `plans/${plans}/run`], ["PATCH", `backups/${backups}`, { notes: "mine" }], ["POST", `backups/${backups}/restore`, {}], ["PATCH", `databases/${databases}`, { paused: true }], ["GET", "audit"], ["POST", "invitations", { name: "eve" }]]) {
    assert.equal((await api.response(method, place, body)).status, 403, `${method} ${place}`);
  }
}

export async function anotherRole() {
  await window.goto("/plans");
  await window.getByRole("link", { name: "nightly" }).click();
  await window.getByRole("heading", { name: "What this plan does" }).waitFor();
  await page.getByRole("button", { name: "vera" }).click();
  await page.getByRole("dialog").getByLabel("Role").selectOption("operator");
  await sound("story-member");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  // Their window hears of it by itself.
  await window.getByRole("button", { name: "Back up now" }).waitFor();
  assert.equal(await window.getByRole("button", { name: "Edit" }).count(), 0, "an operator sets up nothing");
}

export async function secondStep() {
  await window.goto("/profile");
  await window.getByRole("button", { name: "Set up an authenticator" }).click();
  await window.getByRole("dialog").getByLabel("Password").fill(vera.password);
  await window.getByRole("button", { name: "Next step" }).click();
  secret = (await window.getByLabel("Secret to type").innerText()).trim();
  await sound("story-second-factor", window);
  await window.getByRole("dialog").getByLabel("Code").fill(totp(secret, -1));
  await window.getByRole("button", { name: "Confirm" }).click();
  const codes = (await window.getByLabel("Recovery codes", { exact: true }).innerText()).trim().split(/\s+/);
  assert.equal(codes.length, 10);
  await sound("story-recovery-codes", window);
  await window.getByRole("button", { name: "I keep them" }).click();
  await window.getByText("10 recovery codes are left.").waitFor();

  await window.getByRole("button", { name: /Sign out/ }).click();
  await window.waitForURL("**/sign-in**");
  await signIn(window);
  await window.getByRole("heading", { name: "Second step" }).waitFor();
  await window.getByLabel("Code").fill("000000");
  await window.getByRole("button", { name: "Sign in", exact: true }).click();
  await window.getByText("the code is not right").waitFor();
  await sound("story-second-step", window);
  await window.getByLabel("Code").fill(totp(secret));
  await window.getByRole("button", { name: "Sign in", exact: true }).click();
  await window.waitForURL("**/profile");

  const other = await secondWindow(codes[0]);
  await other.context().close();
}

async function signIn(shown) {
  await shown.getByLabel("User name").fill(vera.name);
  await shown.getByLabel("Password").fill(vera.password);
  await shown.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signed in elsewhere, with a recovery code instead of the authenticator. */
async function secondWindow(code) {
  const other = await browser.window({ theme: "light" });
  await other.goto("/sign-in");
  await signIn(other);
  await other.getByLabel("Code").fill(code);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.getByRole("navigation").first().waitFor();
  return other;
}

export async function preferences() {
  await window.goto("/profile");
  await window.getByRole("button", { name: "New recovery codes" }).click();
  await window.getByRole("dialog").getByLabel("Code").fill(totp(secret, 1));
  await window.getByRole("dialog").getByRole("button", { name: "New recovery codes" }).click();
  const [code] = (await window.getByLabel("Recovery codes", { exact: true }).innerText()).trim().split(/\s+/);
  await window.getByRole("button", { name: "I keep them" }).click();
  await window.goto("/settings");
  await window.getByLabel("Appearance", { exact: true }).selectOption("dark");
  await window.getByRole("main").getByLabel("Language").selectOption("de");
  await window.getByRole("heading", { name: "Einstellungen" }).waitFor();

  const other = await secondWindow(code);
  await other.locator('html[lang="de"][data-theme="dark"]').waitFor();

  await other.goto("/profile");
  await settled(other);
  await sound("story-profile", other);
  await other.getByRole("button", { name: "Alle anderen beenden" }).click();
  await window.waitForURL("**/sign-in**");
  await window.context().close();
  window = other;
}

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

export async function picture() {
  await page.goto("/profile");
  await page.getByLabel("Picture", { exact: true }).setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") });
  await page.getByRole("button", { name: "Remove picture" }).waitFor();
  await page.locator('header a[href="/profile"] img').waitFor();
  await page.getByLabel("E-mail").fill("admin@example.com");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").waitFor();
  await page.getByLabel("Password until now").fill("not mine at all");
  await page.getByLabel("New password").fill("battery staple horse");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("the old password is not right").waitFor();
}

export async function audit() {
  await page.goto("/audit");
  await page.getByRole("button", { name: "Check the audit" }).click();
  await page.getByText(/entries, all as they were written/).waitFor();
  await page.getByRole("searchbox", { name: "Search" }).fill("members");
  await page.waitForURL(/[?&]q=members/);
  await page.getByRole("table").locator("tbody").getByRole("button").first().click();
  await page.getByRole("dialog").getByRole("table").first().waitFor();
  await sound("story-audit");
  await page.keyboard.press("Escape");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  assert.match(text, /^sequence,created/);
  assert.match(text, /PATCH members/);
}

export async function removeMember() {
  await page.goto("/members");
  await page.getByRole("button", { name: "vera" }).click();
  await page.getByRole("button", { name: "Remove member" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("vera");
  await page.getByRole("dialog").getByRole("button", { name: "Remove member" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "vera" }).waitFor({ state: "detached" });
  await window.goto("/plans");
  await window.waitForURL("**/sign-in**");
  await window.context().close();
}

/** Signing out in one window ends the others of that browser; what a reload finds is the cookie. */
export async function windows() {
  const first = await browser.window({ as: admin });
  const second = await first.context().newPage();
  await first.goto("/stores");
  await second.goto("/wall");
  await second.getByText("Live", { exact: false }).waitFor();
  await first.reload();
  await first.getByRole("heading", { name: "Stores" }).waitFor();
  await first.getByRole("button", { name: /Sign out/ }).click();
  await first.waitForURL("**/sign-in**");
  await second.waitForURL("**/sign-in**");
  await first.context().close();
}

/** Last, as nobody passes by password alone from then on. */
export async function required() {
  await page.goto("/settings");
  await page.getByLabel("Everybody needs a second factor").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL("**/profile");
  await page.getByText("Set it up to go on.").waitFor();
  await sound("story-required");
  await page.goto("/backups");
  await page.waitForURL("**/profile");
  await page.getByRole("button", { name: "Set up an authenticator" }).click();
  await page.getByRole("dialog").getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Next step" }).click();
  const mySecret = (await page.getByLabel("Secret to type").innerText()).trim();
  await page.getByRole("dialog").getByLabel("Code").fill(totp(mySecret));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("button", { name: "I keep them" }).click();
  await page.getByRole("link", { name: "Backups", exact: true }).click();
  await page.getByRole("heading", { name: "Backups" }).waitFor();
}
