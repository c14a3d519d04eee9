// A receiver of webhooks on a free port: keeps what it is sent, and reports back as a test says.
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";

/** `text`: the body as it came, which is what is signed. */
export type Delivery = { path: string; headers: Record<string, string>; text: string; body: Payload };
type Payload = { callback_url: string; push_data: { tag: string; pusher: string }; repository: { repo_name: string } };

export class Receiver {
  readonly deliveries: Delivery[] = [];

  private constructor(private server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const headers = request.headers as Record<string, string>;
        const text = Buffer.concat(chunks).toString();
        const body = JSON.parse(text) as Payload;
        receiver.deliveries.push({ path: request.url ?? "", headers, text, body });
        response.end("thank you");
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return receiver;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** The latest delivery of a tag to a path, as soon as it is there. */
  async next(path: string, tag: string): Promise<Delivery> {
    for (let tries = 0; tries < 1_200; tries += 1) {
      const found = this.deliveries.filter((one) => one.path === path && one.body.push_data.tag === tag).pop();
      if (found) return found;
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`nothing came to ${path} for ${tag}`);
  }

  /** As the user's document has it; the answer's status. */
  async report(delivery: Delivery, state: string, description: string): Promise<number> {
    const report = { state, description, context: "Acme CI", target_url: "http://ci.acme.com/results/1" };
    const answer = await fetch(delivery.body.callback_url, { method: "POST", body: JSON.stringify(report) });
    return answer.status;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
