import type { Clock } from "../../seams/clock.js";
import { AbuseLedger } from "./abuse-ledger.js";
import { Admission } from "./admission.js";
import { ConnectionCount } from "./connection-count.js";
import type { RealtimeLimits } from "./limits.js";
import { createOriginPolicy, type AllowedOrigins } from "./origin-policy.js";
import { Proxies } from "./proxies.js";
import { RateLimitGuard } from "./rate-limit.guard.js";
import { RecoveryBudget } from "./recovery-budget.js";
import { subscriptionLimitGuard } from "./subscription-limit.guard.js";

export interface ProtectionOptions {
  readonly origins: AllowedOrigins | undefined;
  readonly proxies: readonly string[] | undefined;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
}

/** What protects a node by its limits: origins, addresses, rates, numbers of connections and subscriptions, recovery. */
export function createProtection({ origins = "same-origin", proxies: networks, clock, limits }: ProtectionOptions) {
  const originPolicy = createOriginPolicy(origins);
  const proxies = new Proxies(networks);
  const abuse = new AbuseLedger(clock, limits.maxViolations, proxies);
  const connections = new ConnectionCount(limits, proxies);
  const admission = new Admission({ originPolicy, abuse, connections, proxies, clock, limits });
  const recovery = new RecoveryBudget(clock, limits, proxies);
  const limitGuards = [new RateLimitGuard(clock, limits, proxies), subscriptionLimitGuard(limits.maxSubscriptions)];
  return { limitGuards, abuse, connections, admission, recovery };
}
