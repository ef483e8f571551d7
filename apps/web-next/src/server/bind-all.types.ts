import type { AppDeps } from "./app-deps";
import { bindAll } from "./bind-all";

// Must compile, or must not: `tsc` is the test.
declare const deps: AppDeps;
declare const boardless: Omit<AppDeps, "tasks">;
declare const part: Pick<AppDeps, "registry" | "realtime">;

bindAll();
bindAll(deps);

// @ts-expect-error a part of the dependencies
bindAll(part);
// @ts-expect-error nothing is no part either
bindAll({});
// @ts-expect-error a dependency that is there and undefined
bindAll({ ...deps, realtime: undefined });
// @ts-expect-error what one feature declares in its BindContext is required of the app
bindAll(boardless);
