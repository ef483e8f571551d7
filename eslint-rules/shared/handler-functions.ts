import type { TSESTree } from "@typescript-eslint/utils";
import { isWrapper } from "./handler-wrappers.ts";
import { keyOf } from "./static-property.ts";

/** A function with a body of its own. */
export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/**
 * Is this the function that answers client messages? Three ways to see it: a type says `RealtimeHandler`, it is written in a
 * call of `registry.register`, or a handler file exports it (itself, or the factory that returns it).
 */
export function isHandler(fn: FunctionNode, inHandlerFile: boolean): boolean {
  if (returnedFunction(fn)) return false; // a factory: the function that it returns is the one
  const factories = factoriesOf(fn);
  if (isRegistered(fn) || [fn, ...factories].some(({ parent }) => namesHandler(typeOf(parent)))) return true;
  if (factories.some(({ returnType }) => namesHandler(returnType?.typeAnnotation))) return true;
  return inHandlerFile && isExported((factories.at(-1) ?? fn).parent);
}

/** The functions that return this one, from the inside out. */
function factoriesOf(fn: FunctionNode): readonly FunctionNode[] {
  const outer = fn.parent.type === "ReturnStatement" ? fn.parent.parent.parent : fn.parent;
  return outer && isFunction(outer) && returnedFunction(outer) === fn ? [outer, ...factoriesOf(outer)] : [];
}

function returnedFunction({ body }: FunctionNode): FunctionNode | undefined {
  const last = body.type === "BlockStatement" ? body.body.at(-1) : body;
  const returned = last?.type === "ReturnStatement" ? last.argument : last;
  return returned && returned.type !== "FunctionDeclaration" && isFunction(returned) ? returned : undefined;
}

function isFunction(node: TSESTree.Node): node is FunctionNode {
  return /^(ArrowFunctionExpression|FunctionDeclaration|FunctionExpression)$/.test(node.type);
}

/** `registry.register(channel, fn)`, `register(channel, { handler: fn })`, and either with wrappers around `fn`. */
function isRegistered(fn: FunctionNode): boolean {
  const dressed = outermostWrapper(fn);
  const answer =
    dressed.parent?.type === "Property" && keyOf(dressed.parent) === "handler" ? dressed.parent.parent : dressed;
  const call = answer.parent;
  return call?.type === "CallExpression" && call.arguments[1] === answer && isRegister(call.callee);
}

function outermostWrapper(node: TSESTree.Node): TSESTree.Node {
  const { parent } = node;
  const isDressed = parent?.type === "CallExpression" && isWrapper(parent) && parent.arguments.at(-1) === node;
  return isDressed ? outermostWrapper(parent) : node;
}

function isRegister(callee: TSESTree.Node): boolean {
  if (callee.type !== "MemberExpression" || nameOf(callee.property) !== "register") return false;
  const { object } = callee; // a container has a `register` too
  return /registry$/i.test(nameOf(object.type === "MemberExpression" ? object.property : object) ?? "");
}

function nameOf(node: TSESTree.Node): string | undefined {
  return node.type === "Identifier" || node.type === "PrivateIdentifier" ? node.name : undefined;
}

/** The type that is written for a value where it is declared or asserted. */
function typeOf(parent: TSESTree.Node): TSESTree.TypeNode | undefined {
  if (parent.type === "VariableDeclarator") return parent.id.typeAnnotation?.typeAnnotation;
  const isAssertion = parent.type === "TSSatisfiesExpression" || parent.type === "TSAsExpression";
  return isAssertion ? parent.typeAnnotation : undefined;
}

function namesHandler(type: TSESTree.TypeNode | undefined): boolean {
  if (type?.type === "TSFunctionType") return namesHandler(type.returnType?.typeAnnotation);
  return type?.type === "TSTypeReference" && nameOf(type.typeName) === "RealtimeHandler";
}

function isExported(node: TSESTree.Node): boolean {
  if (/^Export/.test(node.type)) return true;
  const isDeclaring = /^(VariableDeclarator|VariableDeclaration|TSAsExpression|TSSatisfiesExpression)$/.test(node.type);
  return isDeclaring && node.parent !== undefined && isExported(node.parent);
}
