import type { ChannelTemplate, IRealtimeHandlerRegistry, RealtimeChannel } from "@repo/core-realtime";
import { isSqlChannel } from "../channels/sql-channel.js";

/** The names of the channels that are declared in code, as a regular expression of Postgres over names in SQL. It may match more names. */
export class CodeChannelNames {
  readonly #registry: IRealtimeHandlerRegistry;
  readonly #unwatch: () => void;
  /** Undefined after a change of the registry, until it is read. */
  #regex: string | null | undefined;

  constructor(registry: IRealtimeHandlerRegistry) {
    this.#registry = registry;
    this.#unwatch = registry.watch(() => (this.#regex = undefined));
  }

  /** Null where there is no such channel. */
  get regex(): string | null {
    return (this.#regex ??= regexOf(this.#registry.listChannels().filter((channel) => !isSqlChannel(channel))));
  }

  close(): void {
    this.#unwatch();
  }
}

function regexOf(channels: readonly RealtimeChannel[]): string | null {
  return channels.length === 0 ? null : `^(${channels.map(({ template }) => namesOf(template)).join("|")})$`;
}

/** A literal of a template has no character that means something in a regular expression. */
function namesOf({ segments, separators }: ChannelTemplate): string {
  const parts = segments.map((segment) => (segment.kind === "param" ? ".+" : segment.text));
  return parts.map((part, index) => part + (separators[index] ?? "").replace(".", "\\.")).join("");
}
