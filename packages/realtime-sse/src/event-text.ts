const BREAKS_OUT = /[\r\n\0]/; // what would begin a new line, or make a browser drop the field

/** One control field, `id` or `retry`, as its line. */
export function controlField(name: "id" | "retry", value: string): string {
  if (BREAKS_OUT.test(value)) throw new TypeError(`${name}: a control field is one line.`);
  return `${name}: ${value}\n`;
}

/** One event. The data is JSON, in which every line break is escaped: nothing in it can end the line. */
export function eventText(json: string, fields = ""): Buffer {
  if (BREAKS_OUT.test(json)) throw new TypeError("data: JSON on one line is needed.");
  return Buffer.from(`${fields}data: ${json}\n\n`);
}

/** Fields without an event: a browser takes them over and passes the page nothing. */
export function silentText(fields: string): Buffer {
  return Buffer.from(`${fields}\n`);
}

/** A comment line, which keeps a proxy from closing the stream. */
export const KEEP_ALIVE = Buffer.from(":\n\n");
