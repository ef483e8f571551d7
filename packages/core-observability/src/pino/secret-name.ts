const SECRET = /(?:authorization|cookies?|token|password|passphrase|secret|apikey|privatekey)$/;

/** Does a field of this name hold a secret? Decided by how it ends, however it is spelled: `set-cookie`, `accessToken`, `SESSION_SECRET`. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name.toLowerCase().replaceAll(/[^a-z]/g, ""));
}
