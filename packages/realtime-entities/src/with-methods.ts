/** The same object with some of its methods replaced; everything else stays as it was, private fields included. */
export function withMethods<T extends object>(target: T, methods: Readonly<Record<string, unknown>>): T {
  const shell: T = Object.create(Object.getPrototypeOf(target)); // not `target`: a frozen one would insist on its own methods
  return new Proxy(shell, {
    get(_shell, key) {
      if (typeof key === "string" && Object.hasOwn(methods, key)) return methods[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
    has: (_shell, key) => Reflect.has(target, key),
  });
}
