/** What an address of a refused scheme is printed as. */
export const BLOCKED_ADDRESS = "about:blank#blocked";

const SCHEMES: ReadonlySet<string> = new Set(["http", "https", "mailto", "tel"]);
const IGNORED = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g; // eslint-disable-line no-control-regex -- browsers remove some of them before they read the scheme
const BEFORE_PATH = /^[^/?#]*:/;

/**
 * Whether a browser follows the address without running anything: http, https, mailto, tel, or relative. Everything before the first colon
 * counts as the scheme, without control characters and white space, as browsers read it.
 */
export function isSafeAddress(address: string): boolean {
  if (!address.includes(":")) return true;
  const read = address.replace(IGNORED, "");
  const scheme = BEFORE_PATH.exec(read)?.[0];
  return scheme === undefined || SCHEMES.has(scheme.slice(0, scheme.indexOf(":")).toLowerCase());
}

/** The same for lists: `srcset`, `ping`, the values of an animation. Every part between spaces, commas and semicolons is checked. */
export function areSafeAddresses(list: string): boolean {
  if (!list.includes(":")) return true;
  return isSafeAddress(list) && list.split(/[\s,;]+/).every(isSafeAddress);
}

const BASES = ["http://page.invalid", "https://page.invalid"]; // "http:x" is a path for one of them

/** Whether a browser finds the address on the page's own site, wherever that is. */
export function isOwnAddress(address: string): boolean {
  return BASES.every((base) => URL.canParse(address, base) && new URL(address, base).origin === base);
}

/** Whether text in front of a slot decides that every continuation is on the page's own site. */
export function isOwnStart(start: string): boolean {
  return /^(?:[?#]|\/[\w.~%-])/.test(start);
}

/** Whether text in front of a slot decides that every continuation is safe. */
export function isSafeStart(start: string): boolean {
  return /^\s*(?:https?:|mailto:|tel:|[^:]*[/?#])/i.test(start) && isSafeAddress(start);
}
