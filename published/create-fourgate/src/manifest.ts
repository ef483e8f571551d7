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
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The manifest with the additions; what it has already, a version or a script, stays. */
export function withAdditions(
  manifest: Manifest,
  { scripts, dependencies, devDependencies }: ManifestAdditions,
): Manifest {
  const missing = Object.entries(devDependencies).filter(([name]) => manifest.dependencies?.[name] === undefined);
  return {
    ...manifest,
    ...(Object.keys(scripts).length > 0 && { scripts: { ...scripts, ...manifest.scripts } }),
    dependencies: sorted({ ...dependencies, ...manifest.dependencies }),
    ...(missing.length > 0 && {
      devDependencies: sorted({ ...Object.fromEntries(missing), ...manifest.devDependencies }),
    }),
  };
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
