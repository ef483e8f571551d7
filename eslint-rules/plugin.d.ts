import { plugin } from "./index.ts";

export default plugin;
