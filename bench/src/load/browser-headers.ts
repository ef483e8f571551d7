/** The headers that Chromium sends with an upgrade or a stream, and a session's cookies; each visitor has its own session. */
export const BROWSER_HEADERS: readonly string[] = [
  "Pragma: no-cache",
  "Cache-Control: no-cache",
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Accept-Encoding: gzip, deflate, br, zstd",
  "Accept-Language: de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7",
  "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
  "Cookie: theme=dark; _ga=GA1.1.1730921411.1763712000; session=s%d.eyJ1c2VySWQiOiJ2aXNpdG9yIiwiaWF0IjoxNzYzNzEyMDAwLCJleHAiOjE3NjQzMTY4MDB9.Zm91cmdhdGUtYmVuY2gtc2lnbmF0dXJlLTMyLWJ5dGVz",
];

/** All of them as the load clients send them, for a server on this port. */
export function browserHeaders(port: number): string {
  const lines = [`Origin: http://127.0.0.1:${port}`, ...BROWSER_HEADERS];
  return lines.map((line) => `${line}\r\n`).join("");
}
