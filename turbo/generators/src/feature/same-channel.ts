import { Refusal } from "../refusal.js";
import type { ChannelSeed } from "../template/channel.template.js";
import { openChannelFile, said, saidText } from "./channel-file.js";
import type { FeatureFiles } from "./feature-files.js";
import { scopeOf } from "./scope-of.js";
import { scopeSource } from "./scope.js";

/** Refuses to make a channel that is there already as another one. */
export function checkIsSameChannel(files: FeatureFiles, { channel, name, scope, shape }: ChannelSeed): void {
  const text = files.find(`src/${channel.channelModule}.ts`);
  if (text === undefined) return;
  const file = openChannelFile(files.path(`src/${channel.channelModule}.ts`), text, channel.channel);
  const there = `${file.source.path} is there already`;
  const present = scopeOf(file);
  if (!present || scopeSource(present) !== scopeSource(scope))
    throw new Refusal(
      `${there}, with the scope ${saidText(file, "scope") ?? "none"}: change its scope there, by hand.`,
    );
  const presentName = said(file, "name");
  if (presentName?.type === "Literal" && presentName.value !== name)
    throw new Refusal(`${there}, with the name ${saidText(file, "name")}: change its name there, by hand.`);
  const wanted = {
    inbound: shape.inbound.length > 0,
    reply: shape.reply,
    opening: shape.opening,
    history: shape.history,
  };
  const lacking = Object.entries(wanted).find(([key, isWanted]) => isWanted && said(file, key) === undefined);
  if (lacking) throw new Refusal(`${there}, without \`${lacking[0]}\`: add it there, by hand.`);
}
