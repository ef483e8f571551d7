export { applyPlan, type Outcome } from "./apply-plan.js";
export { HOSTS, type HostName } from "./host.js";
export { planProject } from "./plan-project.js";
export { planWorkspace } from "./plan-workspace.js";
export type { PlannedFile, ProjectPlan } from "./project-plan.js";
