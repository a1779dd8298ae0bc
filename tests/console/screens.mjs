// Looks at every screen in both themes, two widths and both directions.
import assert from "node:assert/strict";
import path from "node:path";

const kinds = [
  { name: "en", width: 1440, height: 900, language: "en" },
  { name: "phone-ar", width: 360, height: 740, language: "ar" },
  { name: "phone-en", width: 360, height: 740, language: "en" },
  { name: "ar", width: 1440, height: 900, language: "ar" },
];

export function screensOf(ids) {
  return {
    overview: "/",
    databases: "/databases",
    database: `/databases/${ids.databases}`,
    servers: "/servers",
    server: `/servers/${ids.servers}`,
    plans: "/plans",
    plan: `/plans/${ids.plans}`,
    "plan-add": "/plans?add=none",
    backups: "/backups",
    "backups-no-hit": "/backups?q=nosuchthing",
    backup: `/backups/${ids.backups}`,
    stores: "/stores",
    store: `/stores/${ids.stores}`,
    restore: `/restore?backup=${ids.backups}`,
    proofs: "/proofs",
    runs: "/runs",
    run: `/runs/${ids.runs}`,
    "run-gone": "/runs/nosuchrun",
    notifications: "/notifications",
    channels: "/notifications?tab=channels",
    deliveries: "/notifications?tab=deliveries",
    keys: "/keys",
    tokens: "/tokens",
    members: "/members",
    audit: "/audit",
    profile: "/profile",
    settings: "/settings",
    help: "/help",
    start: "/start?step=channel",
    wall: "/wall",
  };
}

/** When nothing is awaited any more. */
export async function settled(page) {
  await page.locator("h1, [role=alert]").first().waitFor();
  await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  await page.evaluate(() => document.fonts.ready);
}

const atOnce = 4; // windows: more only wait for each other

export async function lookAtEverything(browser, { as, ids, shots }) {
  const left = [...kinds];
  const wrong = [];
  const look = async () => {
    for (let kind = left.shift(); kind; kind = left.shift()) wrong.push(...(await lookAs(browser, kind, { as, ids, shots })));
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  console.log(`   ${kinds.length} kinds of windows, ${wrong.length} wrong`);
  assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
}

/** Every screen in one width and language, and both themes; what is wrong with it. */
async function lookAs(browser, kind, { as, ids, shots }) {
  const page = await browser.window({ ...kind, as });
  const wrong = await lookAt(browser, page, kind, screensOf(ids), shots);
  await page.context().close();
  const outside = await browser.window(kind);
  wrong.push(...(await lookAt(browser, outside, kind, { "sign-in": "/sign-in", invitation: "/invitation" }, shots)));
  await outside.context().close();
  return wrong;
}

async function lookAt(browser, page, kind, screens, shots) {
  const wrong = [];
  for (const [name, place] of Object.entries(screens)) {
    await page.goto(place);
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) wrong.push(`${name} ${kind.name}: ${over} px wider than the window`);
    for (const theme of ["light", "dark"]) {
      await page.evaluate((chosen) => (document.documentElement.dataset.theme = chosen), theme);
      for (const line of await browser.axe(page)) wrong.push(`${name} ${kind.name} ${theme}: ${line}`);
      await page.screenshot({ path: path.join(shots, `${name}-${kind.name}-${theme}.png`), fullPage: true });
    }
  }
  return wrong;
}
