/** What every peer of a load client does to get in: the command line, read. */
export interface LoadScript {
  readonly port: number;
  readonly controlPort: number;
  readonly path: string;
  readonly protocol: string;
  readonly channels: number;
  readonly steps: readonly { readonly say: string; readonly expect: number }[];
}

/** PORT CONTROL_PORT PATH PROTOCOL CHANNELS [SAY EXPECT]…, as the C client takes them. */
export function readScript([
  port,
  controlPort,
  path = "/",
  protocol = "",
  channels,
  ...steps
]: readonly string[]): LoadScript {
  return {
    port: Number(port),
    controlPort: Number(controlPort),
    path,
    protocol,
    channels: Number(channels),
    steps: Array.from({ length: steps.length / 2 }, (_, n) => ({
      say: steps[2 * n] ?? "",
      expect: Number(steps[2 * n + 1]),
    })),
  };
}
