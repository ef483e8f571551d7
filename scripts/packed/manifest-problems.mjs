import { publint } from "publint";
import { formatMessage } from "publint/utils";

const WORKSPACE_ONLY = "@repo/source";

/** What publint reports of a tarball: files that `exports` names and the tarball lacks, a wrong order of conditions … */
export async function manifestProblems(bytes) {
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  const leaked = JSON.stringify(pkg.exports ?? {}).includes(WORKSPACE_ONLY);
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`),
    ...(leaked ? [`exports: the condition ${WORKSPACE_ONLY} was packed; .pnpmfile.mjs takes it out`] : []), // publint passes over it
  ];
}
