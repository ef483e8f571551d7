import type { ParamName, RealtimeChannel, TypeMistake } from "@repo/core-realtime";
import type { AttachOptions } from "./channel/join-options.js";
import type { AskOption } from "./realtime-client.js";

/** The compiler's sentence about a call that fits no channel; `Options` are those that come after the parameters. */
export type ChannelMistake<
  Channels extends RealtimeChannel,
  Target,
  Arguments extends readonly unknown[],
  Options = Omit<AttachOptions, "ask">,
> = Target extends RealtimeChannel
  ? ArgumentMistake<Target, Arguments, Options>
  : Target extends Channels["name"]
    ? ArgumentMistake<Extract<Channels, { readonly name: Target }>, Arguments, Options>
    : Target extends string
      ? UnknownChannel<Target, Channels["name"]>
      : TypeMistake<"Pass the name of a channel, or a channel.">;

/** With the known names that have the same beginning, or with all of them: as one type, for a sentence of each would be as long as the list. */
type UnknownChannel<Name extends string, Known extends string> = [NearName<Name, Known>] extends [never]
  ? TypeMistake<`Unknown channel "${Name}"; known:`, Known>
  : TypeMistake<`Unknown channel "${Name}"; did you mean:`, NearName<Name, Known>>;

/** The known names whose first three characters are the same. */
type NearName<Name extends string, Known extends string> = Name extends `${infer A}${infer B}${infer C}${string}`
  ? Extract<Known, `${A}${B}${C}${string}`>
  : never;

type ArgumentMistake<
  C extends RealtimeChannel,
  Arguments extends readonly unknown[],
  Options,
> = Arguments extends readonly [infer Params, ...infer Rest]
  ? ParamsMistake<C, Params, Options, Rest>
  : [ParamName<C["name"]>] extends [never]
    ? OptionsMistake<C["name"], Record<never, never>, Options & AskOption<C>>
    : TypeMistake<`Missing parameters of "${C["name"]}": { ${ParamName<C["name"]>} }.`>;

type ParamsMistake<C extends RealtimeChannel, Params, Options, Rest extends readonly unknown[]> = [
  Exclude<keyof Params, ParamName<C["name"]>>,
] extends [never]
  ? [Exclude<ParamName<C["name"]>, keyof Params>] extends [never]
    ? [WrongKey<Params, Readonly<Record<string, string>>>] extends [never]
      ? OptionsMistake<
          C["name"],
          Rest extends readonly [infer Given, ...unknown[]] ? Given : Record<never, never>,
          Options & AskOption<C>
        >
      : TypeMistake<`The parameter "${WrongKey<Params, Readonly<Record<string, string>>>}" of "${C["name"]}" must be a string.`>
    : TypeMistake<`Missing parameter "${Exclude<ParamName<C["name"]>, keyof Params>}" of "${C["name"]}".`>
  : [keyof Params] extends [keyof Options]
    ? TypeMistake<`Options in the place of parameters: pass ${ParamsText<C["name"]>} after "${C["name"]}", and then the options.`>
    : TypeMistake<`Unknown parameter "${Exclude<keyof Params & string, ParamName<C["name"]>>}" of "${C["name"]}"${ExpectedText<C["name"]>}.`>;

type OptionsMistake<Name extends string, Given, Options> = [WrongKey<Given, Options>] extends [never]
  ? [Exclude<"ask" & RequiredKey<Options>, keyof Given>] extends [never]
    ? TypeMistake<`The arguments do not fit "${Name}".`>
    : TypeMistake<`Missing option "ask" of "${Name}"; its type:`, Options["ask" & keyof Options]>
  : TypeMistake<
      `The option "${WrongKey<Given, Options>}" does not fit "${Name}"; expected:`,
      Options[WrongKey<Given, Options> & keyof Options]
    >;

/** The keys whose values have another type, or that are unknown. */
type WrongKey<Given, Expected> = {
  [Key in keyof Given & string]: Key extends keyof Expected ? (Given[Key] extends Expected[Key] ? never : Key) : Key;
}[keyof Given & string];

type RequiredKey<Options> = {
  [Key in keyof Options]-?: Record<never, never> extends Pick<Options, Key> ? never : Key;
}[keyof Options];

type ParamsText<Name extends string> = [ParamName<Name>] extends [never] ? "{}" : `{ ${ParamName<Name>} }`;

type ExpectedText<Name extends string> = [ParamName<Name>] extends [never]
  ? ", which has none"
  : `, which has { ${ParamName<Name>} }`;
