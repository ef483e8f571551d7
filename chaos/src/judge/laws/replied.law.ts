import type { Breach, Evidence } from "../evidence";

/** Every message is acknowledged in the end, however often its connection was cut. */
export function repliedLaw({ channels, chronicle }: Evidence): readonly Breach[] {
  return channels.flatMap(({ channel }) =>
    [...chronicle.withoutReply(channel)].map(([witness, count]): Breach => {
      const refusals = chronicle.refusals(channel, witness);
      const account = `${count} messages were not acknowledged; refused: ${refusals.join(", ") || "none, there was no reply"}`;
      return { law: "replied", witness, channel, account };
    }),
  );
}
