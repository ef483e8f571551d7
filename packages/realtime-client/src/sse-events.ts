/** Reads a stream of events: takes its text piece by piece and passes on the data of each whole event. */
export function eventReader(onData: (data: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const events = (rest + text).split(/\r?\n\r?\n/);
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = event.split(/\r?\n/).flatMap((line) => /^data: ?(.*)/.exec(line)?.[1] ?? []);
      if (data.length > 0) onData(data.join("\n")); // else it was a comment, which keeps a proxy from closing the stream
    }
  };
}
