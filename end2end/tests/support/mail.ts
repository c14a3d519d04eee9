// Mails, as a hub without an SMTP server writes them: files in its data folder.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type Berth } from "./berth";

/** The path that the mail to `address` leads to; waits until it is there. */
export async function latestLink(berth: Berth, address: string): Promise<string> {
  let link = "";
  await expect
    .poll(async () => {
      link = await linkTo(join(berth.data, "mail"), address);
      return link;
    })
    .not.toBe("");
  return new URL(link).pathname;
}

async function linkTo(folder: string, address: string): Promise<string> {
  // The first mail makes the folder.
  const files = await readdir(folder).catch(() => []);
  for (const file of files) {
    const text = decoded(await readFile(join(folder, file), "utf8"));
    if (text.includes(`To: ${address}`)) return text.match(/https?:\/\/\S+/)?.[0] ?? "";
  }
  return "";
}

/** Undoes quoted-printable, as far as links need it. */
function decoded(mail: string): string {
  return mail
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
