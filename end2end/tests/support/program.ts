// What a program does with the JSON API in a person's name.
import { type Berth, type Person } from "./berth";

export class Program {
  private constructor(
    private berth: Berth,
    private person: Person,
    private token: string,
  ) {}

  static async of(berth: Berth, person: Person): Promise<Program> {
    const program = new Program(berth, person, "");
    const body = { identifier: person.name, secret: person.password };
    program.token = (await program.post<{ access_token: string }>("/v2/auth/token", body)).access_token;
    return program;
  }

  /** The person's own. */
  async addRepository(name: string, visibility: "public" | "unlisted" | "private", description = ""): Promise<void> {
    await this.post("/v2/repositories/", { namespace: this.person.name, name, visibility, description });
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.send<T>("POST", path, body);
  }

  /** Fails on any refusal. */
  async send<T>(method: string, path: string, body: object): Promise<T> {
    const answer = await this.ask(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  ask(method: string, path: string, body?: object): Promise<Response> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (this.token !== "") headers.authorization = `Bearer ${this.token}`;
    return fetch(`${this.berth.url}${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
  }
}
