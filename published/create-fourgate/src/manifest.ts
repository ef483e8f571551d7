/** What is read and written of a package.json; every other field is kept as it is. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly type?: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly workspaces?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** What a project's package.json gains. */
export interface ManifestAdditions {
  readonly scripts: Readonly<Record<string, string>>;
  /** Commands that a framework's own generator writes, in whose place `scripts` come. */
  readonly replaced?: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The manifest with the additions; what it has already, a version or a script, stays, but for the scripts that are replaced. */
export function withAdditions(
  manifest: Manifest,
  { scripts, replaced = [], dependencies, devDependencies }: ManifestAdditions,
): Manifest {
  const kept = Object.entries(manifest.scripts ?? {}).filter(
    ([name, script]) => scripts[name] === undefined || !replaced.includes(script),
  );
  const missing = Object.entries(devDependencies).filter(([name]) => manifest.dependencies?.[name] === undefined);
  return {
    ...manifest,
    ...(Object.keys(scripts).length > 0 && {
      scripts: { ...manifest.scripts, ...scripts, ...Object.fromEntries(kept) },
    }),
    dependencies: sorted({ ...dependencies, ...manifest.dependencies }),
    ...(missing.length > 0 && {
      devDependencies: sorted({ ...Object.fromEntries(missing), ...manifest.devDependencies }),
    }),
  };
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
