import { placeholdersOf } from "../feature/channel-name.js";

/** A channel with a value for each of its placeholders, for a test. */
export interface SampleAddress {
  /** `{}`, or `{ "pollId": "7" }`. */
  readonly params: string;
  /** `pollsChannel`, or `pollsChannel.at({ "pollId": "7" })`. */
  readonly address: string;
  /** `polls.7`. */
  readonly name: string;
}

/** The channel at values that a user called Ada may join. */
export function sampleAddress(channel: string, name: string, user?: string): SampleAddress {
  const values = placeholdersOf(name).map((param) => [param, param === user || user === undefined ? "ada" : "7"]);
  const params = JSON.stringify(Object.fromEntries(values));
  return {
    params,
    address: values.length === 0 ? channel : `${channel}.at(${params})`,
    name: values.reduce((text, [param = "", value = ""]) => text.replace(`{${param}}`, value), name),
  };
}
