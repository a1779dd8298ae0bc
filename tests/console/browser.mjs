// A real Chromium, which fails the test for anything that it complains of.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const chromium = programs.find((program) => existsSync(program));

export class Browser {
  complaints = [];

  static async open(modules, address) {
    const browser = new Browser();
    const from = createRequire(path.join(modules, "package.json"));
    browser.address = address;
    browser.axeSource = readFileSync(from.resolve("axe-core/axe.min.js"), "utf8");
    const { chromium: driver } = from("playwright-core");
    browser.program = await driver.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
    return browser;
  }

  /** A window of its own kind: width, theme, language, and who signs in with which password. */
  async window({ width = 1440, height = 900, theme = "light", language = "en", as } = {}) {
    const context = await this.program.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: "reduce",
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      acceptDownloads: true,
      baseURL: this.address,
    });
    await context.addInitScript(
      ([theme, language]) => {
        localStorage.setItem("theme", theme);
        if (!localStorage.getItem("language")) localStorage.setItem("language", language);
      },
      [theme, language],
    );
    if (as) await this.signIn(context, as);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("console", (message) => this.note(message));
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    return page;
  }

  /** As the page would: the session is in the cookie from then on. */
  async signIn(context, credentials) {
    const signed = await context.request.post("/api/v1/session", {
      data: credentials,
      headers: { "X-DumpStation-Console": "1", Origin: new URL(this.address).origin },
    });
    if (!signed.ok()) throw new Error(`signing in: ${signed.status()} ${await signed.text()}`);
    await context.addInitScript(() => localStorage.setItem("signed-in", "yes"));
  }

  note(message) {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // Chromium says so itself of every answer above 399, and of a connection that we cut.
    if (/^Failed to load resource/.test(message.text())) return;
    this.complaints.push(`${message.location().url}: ${message.text()}`);
  }

  /** What axe finds wrong on a page, as lines. */
  async axe(page) {
    // Through the driver's own world: the page's policy allows no foreign script.
    await page.evaluate(this.axeSource);
    const found = await page.evaluate(() =>
      window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
    );
    return found.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary?.split("\n")[1] ?? ""}`).join(" | ")}`);
  }

  close() {
    return this.program.close();
  }
}
