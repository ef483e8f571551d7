const SECRET =
  /(?:authorization|cookies?|token|passwords?|passphrase|passwd|pwd|secrets?|(?:api|private|secret|signing|session|encryption)keys?|jwt|credentials?|(?:password|token|secret)(?:hash|digest))$/;
const SECRETS = /(?:access|refresh|auth|id|bearer|session)tokens$/; // "tokens" alone, and "maxTokens", count something

/** Does a field of this name hold a secret? Decided by how it ends, however it is spelled: `set-cookie`, `accessToken`, `SESSION_SECRET`. */
export function isSecretName(name: string): boolean {
  const letters = name.toLowerCase().replaceAll(/[^a-z]/g, "");
  return SECRET.test(letters) || SECRETS.test(letters);
}
