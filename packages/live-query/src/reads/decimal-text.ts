/** A plain decimal number as text that is the same for equal numbers; undefined where it is none. */
export function decimalText(text: string): string | undefined {
  const [, sign = "", whole = "", fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === "") return undefined;
  const digits = whole.replace(/^0+(?=\d)/, "");
  const rest = fraction.replace(/0+$/, "");
  const magnitude = rest === "" ? digits : `${digits}.${rest}`;
  return magnitude === "0" ? "0" : sign + magnitude;
}

const DECIMAL = /^(-?)(\d{1,200})(?:\.(\d{0,200}))?$/;

/** A `numeric` as Postgres stores it, little-endian → its decimal text; undefined where it is no finite number. */
export function storedDecimal(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || view.getUint32(0, true) !== bytes.length << 2) return undefined;
  const header = view.getUint16(4, true);
  const form = header & FORM;
  if (form === SPECIAL) return undefined;
  const isShort = form === SHORT;
  const isNegative = isShort ? (header & SHORT_SIGN) !== 0 : form === NEGATIVE;
  const weight = isShort ? ((header & SHORT_WEIGHT) << 25) >> 25 : view.getInt16(6, true);
  const groups: string[] = [];
  for (let at = isShort ? 6 : 8; at + 1 < bytes.length; at += 2)
    groups.push(String(view.getInt16(at, true)).padStart(4, "0"));
  const whole = Array.from({ length: Math.max(weight + 1, 0) }, (_, index) => groups[index] ?? "0000").join("");
  const fraction = "0000".repeat(Math.max(-weight - 1, 0)) + groups.slice(Math.max(weight + 1, 0)).join("");
  return decimalText(`${isNegative ? "-" : ""}${whole === "" ? "0" : whole}.${fraction}`);
}

const FORM = 0xc000;
const NEGATIVE = 0x4000;
const SHORT = 0x8000;
const SPECIAL = 0xc000; // NaN, Infinity
const SHORT_SIGN = 0x2000;
const SHORT_WEIGHT = 0x7f; // in groups of four digits, signed
