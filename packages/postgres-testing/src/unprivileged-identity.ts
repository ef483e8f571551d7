/** Who runs a server that refuses to run as root: `nobody`, who is on every machine; otherwise whoever runs the tests. */
export const IDENTITY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : { uid: undefined, gid: undefined };
