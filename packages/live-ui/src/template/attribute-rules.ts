/** What a template may put into an attribute. `refused` names what to write instead. */
export type AttributeRule =
  { readonly kind: "text" | "address" | "addresses" } | { readonly kind: "refused"; readonly remedy: string };

export interface AttributePlace {
  readonly tag: string;
  readonly name: string;
  /** The attributes of the same start tag without slots, by their lower-case names. */
  readonly written: ReadonlyMap<string, string>;
}

const ADDRESS = new Set(
  "href src action formaction poster cite data background longdesc codebase classid manifest profile dynsrc lowsrc icon".split(
    " ",
  ),
);
const ADDRESSES = new Set(["srcset", "imagesrcset", "ping", "archive"]);
const ANIMATIONS = new Set(["animate", "set", "animatetransform", "animatemotion"]);
const HARMLESS_LINKS = new Set("alternate author canonical help icon license next prev search".split(" "));

const CODE = "the browser runs it as code. Put the value into a data-… attribute and read it there";

/** The rule of docs/guides/live-ui-templates.md for one attribute with a slot. */
export function attributeRule({ tag, name: spelled, written }: AttributePlace): AttributeRule {
  const name = spelled.toLowerCase();
  const local = name.slice(name.indexOf(":") + 1);
  if (/^(?:on|(?:data-)?hx-(?:on|vars|vals|headers|trigger)|data-on[-:]|x-|v-|@|:)/.test(name)) return refused(CODE);
  if (name === "style") return refused('a value could load addresses and cover the page. Choose a class: class="${…}"');
  if (name === "srcdoc") return refused("its text is a document of its own. Use src, or write the element's content");
  if (name === "http-equiv" || name === "attributename") return refused("write its value into the template");
  if (tag === "meta" && name === "content" && written.has("http-equiv"))
    return refused("it can lead the page elsewhere. Write its value into the template");
  if (tag === "base") return refused("it moves every address of the page. Write its value into the template");
  if (tag === "script" && local !== "nonce" && !name.startsWith("data-"))
    return refused("it decides which code runs. Write its value into the template, or the element with raw()");
  if (tag === "link" && (local === "href" || name === "rel" || name === "imagesrcset") && !isHarmlessLink(written))
    return refused("it decides which styles or code are loaded. Write rel and href into the template");
  if (ANIMATIONS.has(tag) && ["to", "from", "by", "values"].includes(name)) return { kind: "addresses" };
  if (ADDRESSES.has(local)) return { kind: "addresses" };
  return { kind: ADDRESS.has(local) ? "address" : "text" };
}

function isHarmlessLink(written: ReadonlyMap<string, string>): boolean {
  const relations = (written.get("rel") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return relations.length > 0 && relations.every((relation) => HARMLESS_LINKS.has(relation));
}

function refused(remedy: string): AttributeRule {
  return { kind: "refused", remedy };
}
