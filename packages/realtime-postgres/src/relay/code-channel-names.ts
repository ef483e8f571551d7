import type { ChannelTemplate, IRealtimeHandlerRegistry, RealtimeChannel } from "@repo/core-realtime";
import type { SqlClient } from "../client/sql-client.js";
import { isSqlChannel } from "../channels/sql-channel.js";

/** The names of the channels that are declared in code, as a regular expression of Postgres over names in SQL. */
export class CodeChannelNames {
  readonly #registry: IRealtimeHandlerRegistry;
  readonly #unwatch: () => void;
  /** Undefined after a change of the registry, until it is read. */
  #regex: string | null | undefined;
  #announced: string | null | undefined;

  constructor(registry: IRealtimeHandlerRegistry) {
    this.#registry = registry;
    this.#unwatch = registry.watch(() => (this.#regex = undefined));
  }

  /** Null where there is no such channel. */
  get regex(): string | null {
    if (this.#regex === undefined)
      this.#regex = regexOf(this.#registry.listChannels().filter((channel) => !isSqlChannel(channel)));
    return this.#regex;
  }

  /** Writes them where `realtime.publish` finds them, if they have changed since this last was done. */
  async announce(client: Pick<SqlClient, "query">): Promise<void> {
    const { regex } = this;
    if (regex === this.#announced) return;
    await client.query("update realtime.code_channels set names = $1 where names is distinct from $1", [regex]);
    this.#announced = regex;
  }

  /** Another relay may have written others. */
  invalidate(): void {
    this.#announced = undefined;
  }

  close(): void {
    this.#unwatch();
  }
}

function regexOf(channels: readonly RealtimeChannel[]): string | null {
  return channels.length === 0 ? null : `^(${channels.map(({ template }) => namesOf(template)).join("|")})$`;
}

/** A separator in a value is encoded, in SQL too. A literal of a template has no character that means something in a regular expression. */
function namesOf({ segments, separators }: ChannelTemplate): string {
  const parts = segments.map((segment) => (segment.kind === "param" ? "[^.:]*" : segment.text));
  return parts.map((part, index) => part + (separators[index] ?? "").replace(".", "\\.")).join("");
}
