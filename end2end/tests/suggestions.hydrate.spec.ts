// Names are suggested while one types; all of it by keyboard.
import { type Page } from "@playwright/test";
import { newPerson } from "./support/people";
import { Program } from "./support/program";
import { type Berth, expect, test } from "./support/test";

/** A person with a public repository for each word; its name begins with the word. */
async function owner(berth: Berth, words: string[]) {
  const person = await newPerson(berth);
  const program = await Program.of(berth, person);
  for (const word of words) await program.addRepository(`${word}-${person.name}`, "public");
  return person;
}

const searchField = (page: Page) => page.getByRole("combobox", { name: "Search repositories by name and description" });

test("the arrow keys choose among suggestions", async ({ page, berth, open, accessible }) => {
  const person = await owner(berth, ["one", "two"]);
  await open("/login");
  const field = searchField(page);
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
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/r/${chosen}$`));
});

test("typing a slash in a field is only a slash", async ({ page, open }) => {
  await open("/login");
  await page.getByLabel("User name or e-mail").fill("anna");
  await page.getByLabel("User name or e-mail").press("/");
  await expect(page.getByLabel("User name or e-mail")).toHaveValue("anna/");
});

// On phones it is part of the keyboard, and many keyboards put together whatever is typed.
test("an input method is left alone until its words are there", { tag: "@desktop" }, async ({ page, berth, open }) => {
  const person = await owner(berth, ["one"]);
  await open("/login");
  const [field, options] = [searchField(page), page.getByRole("option")];
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/fn/suggest")) asked.push(request.postData() ?? "");
  });
  await field.focus();
  await field.evaluate((input: HTMLInputElement, text) => {
    input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
  }, `${person.name} `);
  // Longer than a pause in typing.
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
  await field.evaluate((input) => input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })));
  await expect(options).toHaveCount(1);
  expect(asked).toHaveLength(1);

  // The next word is begun while the names are there: its keys are the input method's.
  for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
    const isLeft = await field.evaluate((input, composing) => {
      const key = { key: "ArrowDown", bubbles: true, cancelable: true };
      return input.dispatchEvent(new KeyboardEvent("keydown", { ...key, ...composing }));
    }, composing);
    expect(isLeft, "nobody took the key").toBe(true);
  }
  await expect(options).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("ArrowDown");
  await expect(options).toHaveAttribute("aria-selected", "true");
});
