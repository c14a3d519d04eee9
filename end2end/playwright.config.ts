// Every spec runs on a desktop with and without JavaScript, and on a phone; *.hydrate.spec.ts only where JavaScript is on.
// What is long and the same everywhere has the tag @desktop.
import { defineConfig, devices } from "@playwright/test";

const hydrateOnly = /\.hydrate\.spec\.ts$/;
const desktopOnly = /@desktop/;

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  workers: 2,
  // Limits are for what hangs; a machine that is busy is no failure.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    locale: "en-US",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    // `make e2e ARGS="--trace on"` records; to record every test costs a third of the time.
    trace: "off",
    // Pages that change with a transition hold up each click; session.spec.ts clicks during transitions.
    reducedMotion: "reduce",
    launchOptions: {
      // The browser without its windows: it starts faster, and draws nothing that nobody sees.
      executablePath: process.env.BERTH_CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      // No GPU here, and nothing of the browser's own may leave the machine.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
    {
      name: "desktop without JavaScript",
      testIgnore: hydrateOnly,
      grepInvert: desktopOnly,
      use: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
    },
    { name: "phone", grepInvert: desktopOnly, use: { ...devices["Pixel 7"], viewport: { width: 360, height: 740 } } },
  ],
});
