type Method = (...args: unknown[]) => unknown;

/** What to do instead of a method; it receives the method, bound to its object. */
export type MethodWrapper = (original: Method) => Method;

/** The same object with other methods. Everything else is the object's own, private fields too. */
export function withMethods<T extends object>(object: T, wrappers: Readonly<Record<string, MethodWrapper>>): T {
  const made = new Map<PropertyKey, { readonly original: unknown; readonly method: unknown }>();
  return new Proxy(object, {
    get(target, name) {
      const original: unknown = Reflect.get(target, name, target);
      if (typeof original !== "function") return original;
      const known = made.get(name);
      if (known?.original === original) return known.method;
      const wrapper = typeof name === "string" && Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
      if (name === "constructor") return original;
      const call: Method = (...args) => Reflect.apply(original, target, args);
      const method = wrapper ? wrapper(call) : call;
      made.set(name, { original, method });
      return method;
    },
  });
}
