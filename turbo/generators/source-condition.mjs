// Lets packages of this workspace be read from their sources, so that no build has to come first.
export function resolve(specifier, context, next) {
  return next(specifier, { ...context, conditions: [...context.conditions, "@repo/source"] });
}
