/** Somebody who can sign in to the demo without a password. */
export interface DemoPerson {
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** The people of the demo. The third one is nobody: an anonymous visitor has no entry, no session and no roles. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { userId: "mia", name: "Mia", roles: ["member"] },
  { userId: "sam", name: "Sam", roles: ["member", "staff"] },
];

/** The person of this id, or undefined. */
export function demoPerson(userId: string): DemoPerson | undefined {
  return DEMO_PEOPLE.find((person) => person.userId === userId);
}
