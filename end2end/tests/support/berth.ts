// A Berth of the tests' own: the release binary on a free port of the loopback, with a data folder that goes when it stops.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export type Person = { name: string; email: string; password: string };

const target = process.env.CARGO_TARGET_DIR ?? "../target";
const binary = process.env.BERTH_BINARY ?? resolve(target, "release/berth");

/** `environment` adds to what the server sees, for example BERTH_SIGN_UP. */
export async function startBerth(environment: Record<string, string> = {}): Promise<Berth> {
  const data = await mkdtemp(join(tmpdir(), "berth-e2e-"));
  const args = ["serve", "--data", data, "--listen", "127.0.0.1:0"];
  // Few tests are about plans, and receivers of webhooks are on this machine.
  const ours = { BERTH_PLANS: "roomy=unlimited", BERTH_WEBHOOK_ALLOW: "127.0.0.0/8" };
  const env = { ...process.env, ...ours, ...environment };
  const berth = new Berth(data, spawn(binary, args, { env }));
  await berth.listening();
  return berth;
}

export class Berth {
  /** Where it answers, without a slash at the end. */
  url = "";
  private output = "";
  private failure: Error | undefined;
  private ended: Promise<void>;

  constructor(
    readonly data: string,
    private server: ChildProcess,
  ) {
    const keep = (chunk: Buffer) => (this.output += chunk);
    server.stdout?.on("data", keep);
    server.stderr?.on("data", keep);
    server.on("error", (error) => (this.failure = error));
    this.ended = new Promise((done) => server.once("close", () => done()));
  }

  /** Everything the server has printed so far. */
  log(): string {
    return this.output;
  }

  /** The one-time link that the first start prints; null where it printed none. */
  firstAccountLink(): string | null {
    const links = this.output.match(/https?:\/\/[^\s"'\u001b]+/g) ?? [];
    return links.find((link) => link.startsWith(`${this.url}/`) && new URL(link).pathname !== "/") ?? null;
  }

  /** `berth user add`, beside the running server. */
  async addUser(person: Person, { admin = false } = {}): Promise<void> {
    const args = ["user", "add", person.name, "--email", person.email, "--password-stdin", "--data", this.data];
    await run(binary, admin ? [...args, "--admin"] : args, person.password);
  }

  /** The server says where it listens once it answers. */
  async listening(): Promise<void> {
    for (let tries = 0; tries < 1_200; tries += 1) {
      if (this.failure || this.server.exitCode !== null) break;
      const line = this.output.match(/^listening on (http:\/\/\S+)$/m);
      if (line?.[1]) {
        this.url = line[1];
        return;
      }
      await new Promise((later) => setTimeout(later, 50));
    }
    await this.stop();
    throw new Error(`berth did not start: ${this.failure?.message ?? ""}\n${this.output}`);
  }

  async stop(): Promise<void> {
    if (!this.failure && this.server.exitCode === null) {
      this.server.kill("SIGTERM");
      const slow = setTimeout(() => this.server.kill("SIGKILL"), 10_000);
      await this.ended;
      clearTimeout(slow);
    }
    await rm(this.data, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], input: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = execFile(program, args, (error, stdout, stderr) =>
      error ? fail(new Error(`${error.message}\n${stdout}${stderr}`)) : done(),
    );
    child.stdin?.end(`${input}\n`);
  });
}
