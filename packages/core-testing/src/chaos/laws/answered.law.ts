import type { Breach, Evidence } from "../evidence";

/** Every message is acknowledged in the end, however often its line was cut. */
export function answeredLaw({ channels, chronicle }: Evidence): readonly Breach[] {
  return channels.flatMap(({ channel }) =>
    [...chronicle.unanswered(channel)].map(([witness, count]): Breach => ({
      law: "answered",
      witness,
      channel,
      account: `${count} messages got no answer`,
    })),
  );
}
