import type { NextConfig } from "next";

const SECURITY_HEADERS = [
  {
    key: "Content-Security-Policy",
    value: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
  },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Content-Type-Options", value: "nosniff" },
];

const config: NextConfig = {
  distDir: process.env["NEXT_DIST_DIR"] ?? ".next", // the end-to-end tests keep theirs apart from a demo that is running
  poweredByHeader: false,
  allowedDevOrigins: ["localhost", "127.0.0.1"], // both addresses that the server prints
  typescript: { ignoreBuildErrors: true }, // `pnpm types` checks them, with the compiler of the whole workspace
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
  // Reads the packages' sources, so that nothing needs a build first. Turbopack takes neither an export condition nor `.js` for `.ts`.
  webpack: (webpack) => {
    webpack.resolve.conditionNames = ["@repo/source", "..."];
    webpack.resolve.extensionAlias = { ".js": [".ts", ".tsx", ".js"] };
    return webpack;
  },
};

export default config;
