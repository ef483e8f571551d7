const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  shy: "\u00ad",
  copy: "©",
  reg: "®",
  trade: "™",
  euro: "€",
  pound: "£",
  yen: "¥",
  cent: "¢",
  sect: "§",
  deg: "°",
  middot: "·",
  bull: "•",
  times: "×",
  divide: "÷",
  plusmn: "±",
  laquo: "«",
  raquo: "»",
  lsaquo: "‹",
  rsaquo: "›",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  larr: "←",
  rarr: "→",
  uarr: "↑",
  darr: "↓",
  check: "✓",
  zwj: "\u200d",
  zwnj: "\u200c",
  thinsp: "\u2009",
  ensp: "\u2002",
  emsp: "\u2003",
};
/** Names that browsers decode without a semicolon too. */
const LEGACY =
  /^(?:[AEIOUYaeiouy](?:acute|circ|grave|uml|tilde|ring)|[NOn]tilde|A?Elig|aelig|[Cc]cedil|AMP|COPY|GT|LT|QUOT|REG|ETH|THORN|amp|copy|gt|lt|quot|reg|eth|thorn|[Oo]slash|acute|brvbar|cedil|cent|curren|deg|divide|frac12|frac14|frac34|iexcl|iquest|laquo|macr|micro|middot|nbsp|not|ordf|ordm|para|plusmn|pound|raquo|sect|shy|sup1|sup2|sup3|szlig|times|uml|yen)/;
const REFERENCE = /&(?:#(\d+)(;?)|#[xX]([\da-fA-F]+)(;?)|([a-zA-Z][a-zA-Z\d]*)(;?)(=?))/g;

/** The text without its character references. Undefined where one is not known here: the caller then sends HTML. */
export function decodeReferences(text: string, place: "text" | "attribute"): string | undefined {
  if (!text.includes("&")) return text;
  let isKnown = true;
  const decoded = text.replace(REFERENCE, (match: string, ...found: (string | undefined)[]) => {
    const [decimal, decimalEnd, hexadecimal, hexadecimalEnd, name = "", end, equals = ""] = found;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number.parseInt(decimal, 10);
    if (!Number.isNaN(code)) {
      const isPlain =
        (decimalEnd ?? hexadecimalEnd) === ";" && code >= 32 && code < 0xd800 && (code < 127 || code > 159);
      if (!isPlain) isKnown = false;
      return isPlain ? String.fromCharCode(code) : match;
    }
    if (end === ";") {
      const character = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
      if (character === undefined) isKnown = false;
      return `${character ?? match}${equals}`;
    }
    if (LEGACY.test(name) && !(place === "attribute" && equals === "=")) isKnown = false;
    return match;
  });
  return isKnown ? decoded : undefined;
}
