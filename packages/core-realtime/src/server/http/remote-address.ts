const addresses = new WeakMap<Request, string>();

/** Remembers where a request of the Fetch standard came from, which it has no field for. */
export function setRemoteAddress(request: Request, address: string | undefined): void {
  if (address !== undefined) addresses.set(request, address);
}

/** Where a request came from; undefined where the host does not report it. */
export function remoteAddressOf(request: Request): string | undefined {
  return addresses.get(request);
}
