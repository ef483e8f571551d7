/** The user that runs a server which refuses to run as root: `nobody`, which exists on every machine; otherwise the user that runs the tests. */
export const IDENTITY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : { uid: undefined, gid: undefined };
