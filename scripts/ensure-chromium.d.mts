/** The path of a Chromium that starts. Throws the one line that says what to install. */
export function findChromium(machine?: {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly isRoot?: boolean;
}): string;
