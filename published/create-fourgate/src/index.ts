export { applyPlan, wantedFiles, type Outcome } from "./apply-plan.js";
export { HOSTS, type HostName } from "./host.js";
export { workspaceSteps } from "./next-steps.js";
export { ownVersion } from "./own-version.js";
export { planProject } from "./plan-project.js";
export { planWorkspace, type WorkspacePlan } from "./plan-workspace.js";
export { ProjectFiles } from "./project-folder.js";
export type { PlannedFile, ProjectPlan } from "./project-plan.js";
export { isTurboWorkspace } from "./turbo-workspace.js";
