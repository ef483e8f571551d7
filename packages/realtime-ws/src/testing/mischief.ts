import type { Mischief } from "@repo/core-testing/contracts";

export const mischief: readonly Mischief[] = [];
