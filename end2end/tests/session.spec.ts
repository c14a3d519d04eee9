// Coming in and going out.
import { newPerson, signIn } from "./support/people";
import { expect, test } from "./support/test";

// Others see no transitions between pages; here people click during them.
test.use({ reducedMotion: "no-preference" });

test("a person signs in, and out again", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await signIn(page, person);
  await expect(page.getByRole("link", { name: `Signed in as ${person.name}` })).toBeVisible();
  const cookie = (await page.context().cookies()).find(({ name }) => name === "session");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
  expect((await page.context().cookies()).some(({ name }) => name === "session")).toBe(false);
});

test("a wrong password and an unknown user get the same words", async ({ page, berth }) => {
  const person = await newPerson(berth);
  const said: string[] = [];
  for (const name of [person.name, "nobody-of-that-name"]) {
    await page.goto("/login");
    await page.getByLabel("User name or e-mail").fill(name);
    await page.getByLabel("Password").fill("a wrong guess, surely");
    await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
    said.push((await page.getByRole("alert").textContent()) ?? "");
    // What was typed is still there; the password is not.
    await expect(page.getByLabel("User name or e-mail")).toHaveValue(name);
    await expect(page.getByLabel("Password")).toHaveValue("");
  }
  expect(said[0]).toBeTruthy();
  expect(said[0]).toBe(said[1]);
});

test.describe("a page for people who are signed in", () => {
  test.use({ expectedErrors: [/401/] });

  test("asks to sign in, and is there afterwards", async ({ page, berth }) => {
    const person = await newPerson(berth);
    expect((await page.goto("/settings"))?.status()).toBe(401);
    await page.getByRole("main").getByRole("link", { name: "Sign in", exact: true }).click();
    await page.getByLabel("User name or e-mail").fill(person.email);
    await page.getByLabel("Password").fill(person.password);
    await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL(/\/settings$/);
  });
});
