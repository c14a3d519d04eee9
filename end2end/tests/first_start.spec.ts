// A hub that was just started: the link it prints makes the first account, once.
import { signOut } from "./support/people";
import { expect, startBerth, test } from "./support/test";

test("the one-time link makes the first account, and no second one", async ({ page, javaScriptEnabled }) => {
  const berth = await startBerth();
  try {
    await page.goto(berth.url);
    await expect(page.getByRole("heading", { name: "Berth is running" })).toBeVisible();
    const link = berth.firstAccountLink();
    expect(link).not.toBeNull();
    await page.goto(link ?? "");
    await page.getByLabel("User name").fill("captain");
    await page.getByLabel("E-mail").fill("captain@example.test");
    await page.getByLabel("Password").fill("correct horse battery staple");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: "Your repositories" })).toBeVisible();
    await signOut(page);
    await page.goto(link ?? "");
    await page.getByLabel("User name").fill("second");
    await page.getByLabel("E-mail").fill("second@example.test");
    await page.getByLabel("Password").fill("correct horse battery staple");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);
  } finally {
    await berth.stop();
  }
});
