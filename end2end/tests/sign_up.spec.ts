// Making an account, where the operator lets people.
import { expect, startBerth, test } from "./support/test";

test("is closed unless the operator opens it", async ({ open }) => {
  const page = await open("/signup");
  await expect(page.getByText("This hub makes no accounts by itself")).toBeVisible();
  await expect(page.getByLabel("User name")).toHaveCount(0);
});

test("open: problems stand beside their fields, and what was typed stays", async ({ page }) => {
  const berth = await startBerth({ BERTH_SIGN_UP: "open" });
  try {
    await berth.addUser({ name: "taken", email: "taken@example.test", password: "correct horse battery" });
    await page.goto(`${berth.url}/signup`);
    await page.getByLabel("User name").fill("Not A Name");
    await page.getByLabel("E-mail").fill("new@example.test");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("User name")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("E-mail")).toHaveValue("new@example.test");
    await page.getByLabel("User name").fill("taken");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Create account" }).click();
    // The password was wrong on the page before.
    await expect(page.getByLabel("Password")).not.toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("User name")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("User name").fill("newcomer");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("link", { name: "Signed in as newcomer" })).toBeVisible();
  } finally {
    await berth.stop();
  }
});
