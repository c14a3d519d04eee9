// Names are suggested while one types; all of it by keyboard.
import { newPerson } from "./support/people";
import { expect, test } from "./support/test";

test("the arrow keys choose among suggestions", async ({ page, berth, open, accessible }) => {
  const person = await newPerson(berth);
  const login = Buffer.from(`${person.name}:${person.password}`).toString("base64");
  for (const word of ["one", "two"]) {
    const answer = await page.request.post("/v2/repositories/", {
      headers: { authorization: `Basic ${login}` },
      data: { namespace: person.name, name: `${word}-${person.name}`, visibility: "public" },
    });
    expect(answer.status()).toBe(201);
  }
  await open("/login");
  const field = page.getByRole("combobox", { name: "Search repositories by name and description" });
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await field.pressSequentially(`${person.name} `);
  const options = page.getByRole("option");
  await expect(options).toHaveCount(2);
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await accessible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  const chosen = await options.nth(1).innerText();
  await expect(field).toHaveAttribute("aria-activedescendant", "search-list-1");
  await page.keyboard.press("Escape");
  await expect(options).toHaveCount(0);
  await expect(field).toBeFocused();
  await field.press("End");
  await field.pressSequentially("o");
  await field.press("Backspace");
  await expect(options).toHaveCount(2);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/r/${chosen}$`));
});

test("typing a slash in a field is only a slash", async ({ page, open }) => {
  await open("/login");
  await page.getByLabel("User name or e-mail").fill("anna");
  await page.getByLabel("User name or e-mail").press("/");
  await expect(page.getByLabel("User name or e-mail")).toHaveValue("anna/");
});
