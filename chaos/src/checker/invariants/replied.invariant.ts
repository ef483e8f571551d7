import type { Violation, MessageRun } from "../message-run";

/** Every message is acknowledged in the end, however often its connection was cut. */
export function repliedInvariant({ channels, publishLog }: MessageRun): readonly Violation[] {
  return channels.flatMap(({ channel }) =>
    [...publishLog.withoutReply(channel)].map(([client, count]): Violation => {
      const refusals = publishLog.refusals(channel, client);
      const account = `${count} messages were not acknowledged; refused: ${refusals.join(", ") || "none, there was no reply"}`;
      return { invariant: "replied", client, channel, account };
    }),
  );
}
