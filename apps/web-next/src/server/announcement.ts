import { DEMO_PEOPLE } from "./demo-people";
import { DEV_SESSION_SECRET, type Environment } from "./environment";

/** What a newcomer reads in the terminal once the server is there. */
export function announcement(
  { production, host, basePath, demoSignIn, sessionSecret }: Environment,
  port: number,
): string {
  const isLocal = ["127.0.0.1", "localhost", "0.0.0.0"].includes(host);
  const lines = [
    ["Fourgate", `http://${isLocal ? "localhost" : host}:${port}${basePath}`],
    ...(isLocal
      ? [
          [
            "In a second window",
            `http://127.0.0.1:${port}${basePath}  (another address, so another person may sign in there)`,
          ],
        ]
      : []),
    ["Demo people", demoSignIn ? `${people()}, or nobody: no password` : "off; DEMO_SIGN_IN=1 switches them on"],
    ...(demoSignIn && production ? [["Beware", "demo sign-in is on: whoever reaches this port can be anyone"]] : []),
    ...(sessionSecret === DEV_SESSION_SECRET
      ? [["Beware", "development: cookies are sealed with a secret that everybody knows"]]
      : []),
  ];
  return `\n${lines.map(([label, text]) => `  ${label?.padEnd(20)}${text}`).join("\n")}\n`;
}

function people(): string {
  return DEMO_PEOPLE.map(({ name, roles }) => `${name} (${roles.at(-1)})`).join(", ");
}
