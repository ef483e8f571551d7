/** A text without passwords: those in connection strings that stand in it, and `secrets` wherever they do. */
export function masked(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret !== "").toSorted((one, other) => other.length - one.length);
  return known
    .reduce((rest, secret) => rest.replaceAll(secret, "***"), text)
    .replaceAll(/(\/\/[^\s/:@]*):[^\s]*@/g, "$1:***@") // up to the last @: a password may have one
    .replaceAll(/\b(password=)[^\s&]*/gi, "$1***");
}

/** The passwords of a connection string and of the environment, as they are written and decoded. */
export function secretsOf(url: string | undefined, env: NodeJS.ProcessEnv): readonly string[] {
  const [, written = ""] = /\/\/[^\s/:@]*:(.*)@/.exec(url ?? "") ?? [];
  const parameter = /\bpassword=([^\s&]*)/i.exec(url ?? "")?.[1] ?? "";
  return [written, decoded(written), parameter, decoded(parameter), env["PGPASSWORD"] ?? ""];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is itself
  }
}
