import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { checkRange, isInRanges, refusedRange } from "./refused-range.js";

/** Which URLs may be posted to. */
export interface WebhookTargetOptions {
  /** Whether `http:` URLs are allowed as well; default false. */
  readonly allowHttp?: boolean;
  /** Addresses that are allowed although they are not public, each an address or a range: `"10.0.0.0/8"`, `"::1"`. Default none. */
  readonly allowAddresses?: readonly string[];
  /** The only ports that are allowed; default all. */
  readonly allowPorts?: readonly number[] | undefined;
  /** All addresses of a host name; default the system's resolver. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
}

/** A URL whose every address was checked. A request to it MUST connect to one of these addresses, without resolving the name again. */
export interface WebhookTarget {
  readonly url: URL;
  readonly addresses: readonly string[];
}

/** A URL to which nothing is sent, whenever it is tried. */
export class RefusedTargetError extends Error {
  override readonly name = "RefusedTargetError";
}

/** Decides which URLs requests are sent to: none that leads into the private network, whatever its name resolves to. */
export class WebhookTargets {
  readonly #options: Required<Omit<WebhookTargetOptions, "allowPorts">> & Pick<WebhookTargetOptions, "allowPorts">;

  constructor({ allowHttp = false, allowAddresses = [], allowPorts, resolve = resolveAll }: WebhookTargetOptions = {}) {
    for (const range of allowAddresses) checkRange(range);
    this.#options = { allowHttp, allowAddresses, allowPorts, resolve };
  }

  /** The target of a URL. Rejects with a `RefusedTargetError`, or with the resolver's error where the name does not resolve now. */
  async check(text: string): Promise<WebhookTarget> {
    const url = this.#parse(text);
    const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
    const addresses = isIP(hostname) ? [hostname] : await this.#options.resolve(hostname);
    if (addresses.length === 0) throw new Error(`${hostname} has no address.`);
    for (const address of addresses) this.#checkAddress(address, url);
    return { url, addresses };
  }

  #parse(text: string): URL {
    if (!URL.canParse(text)) throw new RefusedTargetError(`"${text}" is not a URL.`);
    const url = new URL(text);
    const { allowHttp, allowPorts } = this.#options;
    if (url.protocol !== "https:" && !(allowHttp && url.protocol === "http:"))
      throw new RefusedTargetError(
        url.protocol === "http:"
          ? `${url.origin} is not https. Use https, or allow it with webhooks: { allowHttp: true }.`
          : `${url.protocol} URLs are not allowed; use https.`,
      );
    if (url.username !== "" || url.password !== "")
      throw new RefusedTargetError(`The URL of ${url.host} has credentials in it. Verify the signature instead.`);
    const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
    if (allowPorts && !allowPorts.includes(port))
      throw new RefusedTargetError(`Port ${port} of ${url.host} is not in allowPorts: ${allowPorts.join(", ")}.`);
    return url;
  }

  #checkAddress(address: string, { host }: URL): void {
    const range = refusedRange(address);
    if (range === undefined || isInRanges(address, this.#options.allowAddresses)) return;
    throw new RefusedTargetError(
      `${host} leads to ${address}, which is not public (${range}). Allow it with webhooks: { allowAddresses: ["${address}"] }.`,
    );
  }
}

async function resolveAll(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}
