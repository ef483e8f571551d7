export { applyPlan, type Outcome } from "./apply-plan.js";
export { HOSTS, type HostName } from "./host.js";
export { planProject, type PlannedFile, type ProjectPlan } from "./plan-project.js";
