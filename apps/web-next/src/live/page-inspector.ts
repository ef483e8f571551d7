import { createInspector, type ClientInspector } from "@repo/realtime-client/debug";

/**
 * The inspector of a page that was opened with `?devtools`, in development alone. The panel is loaded only there, and shows the client
 * that takes this as its `debug` option.
 */
export function pageInspector(): ClientInspector | undefined {
  if (process.env.NODE_ENV === "production" || typeof window === "undefined") return undefined;
  if (!new URLSearchParams(window.location.search).has("devtools")) return undefined;
  const inspector = createInspector();
  void import("@repo/realtime-devtools").then(({ mountDevtools }) => mountDevtools(inspector));
  return inspector;
}
