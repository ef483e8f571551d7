export { mountDevtools, type DevtoolsOptions, type MountedDevtools } from "./mount-devtools.js";
