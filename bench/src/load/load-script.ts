import type { ClientScript, Step } from "./client-script.js";

/** What every peer of a load client does to connect and to subscribe: the command line, read. */
export interface LoadScript {
  readonly port: number;
  readonly controlPort: number;
  readonly kind: ClientScript["kind"];
  readonly path: string;
  readonly protocol: string;
  /** More request headers, each with its "\r\n". */
  readonly headers: string;
  /** The response header that every POST sends back; empty for none. */
  readonly echo: string;
  readonly channels: number;
  readonly steps: readonly Step[];
}

/** The arguments of both load clients. */
export function argumentsOf(script: LoadScript): readonly string[] {
  const { port, controlPort, kind, path, protocol, headers, echo, channels, steps } = script;
  const pairs = steps.flatMap(({ send, expect }) => [send, expect]);
  return [port, controlPort, kind, path, protocol, headers, echo, channels, ...pairs].map(String);
}

/** PORT CONTROL_PORT KIND PATH PROTOCOL HEADERS ECHO CHANNELS [SEND EXPECT]… */
export function readScript(args: readonly string[]): LoadScript {
  const [port, controlPort, kind, path = "/", protocol = "", headers = "", echo = "", channels, ...steps] = args;
  return {
    port: Number(port),
    controlPort: Number(controlPort),
    kind: kind === "sse" ? "sse" : "websocket",
    path,
    protocol,
    headers,
    echo,
    channels: Number(channels),
    steps: Array.from({ length: steps.length / 2 }, (_, n) => ({
      send: steps[2 * n] ?? "",
      expect: Number(steps[2 * n + 1]),
    })),
  };
}

/** A text with its placeholders filled in: the peer's channel, its count of messages, a unique id; what follows "%b" as base64url. */
export function expand(
  text: string,
  peer: { readonly number: number; readonly sent: number },
  channels: number,
): string {
  const [plain = "", encoded] = text.split("%b", 2);
  if (encoded !== undefined)
    return expand(plain, peer, channels) + Buffer.from(expand(encoded, peer, channels)).toString("base64url");
  return text.replace(/%[dni]/g, (placeholder) => {
    if (placeholder === "%d") return String(peer.number % channels);
    if (placeholder === "%n") return String(peer.sent);
    return `0.${String(peer.number).padStart(5, "0")}${String(peer.sent).padStart(11, "0")}`;
  });
}
