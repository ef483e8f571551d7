import { RealtimeError } from "@repo/core-realtime";

/** A state that does not fit into its token or record: the author's mistake, unless what a client has sent made it that large. */
export class StateTooLarge extends TypeError {
  /** Whatever `make` returns, where a client's text may be in the state. @throws RealtimeError PAYLOAD_INVALID where it is too large. */
  static async ofClient<T>(make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (cause) {
      if (!(cause instanceof StateTooLarge)) throw cause;
      throw new RealtimeError("PAYLOAD_INVALID", { detail: cause.message, cause });
    }
  }
}
