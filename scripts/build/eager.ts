/**
 * Has V8 compile functions with their script instead of on their first call.
 *
 * V8 compiles at once what stands in parentheses, and Deno keeps in its code
 * cache what was compiled at once: without them a short run spends more time
 * compiling than running. Methods cannot be had that way.
 */

import { parse } from "acorn";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value &&
    typeof value.type === "string" && "start" in value && "end" in value;
}

/** Nodes right below, in the order of the text. */
function children(node: Node): readonly Node[] {
  return Object.values(node).flat().filter(isNode)
    .toSorted((a, b) => a.start - b.start);
}

/** Methods, getters and setters are function expressions without `function`. */
function isMethod(node: Node): boolean {
  return node.type === "MethodDefinition" ||
    (node.type === "Property" &&
      (("method" in node && node.method === true) ||
        ("kind" in node && node.kind !== "init")));
}

/** The text of a node, with each function expression in parentheses. */
function wrapped(code: string, node: Node, inMethod = false): string {
  let text = "";
  let end = node.start;
  for (const child of children(node)) {
    // Shorthand properties are there twice.
    if (child.start < end) continue;
    text += code.slice(end, child.start) +
      wrapped(code, child, isMethod(node));
    end = child.end;
  }
  text += code.slice(end, node.end);
  const isFunction = node.type === "ArrowFunctionExpression" ||
    (node.type === "FunctionExpression" && !inMethod);
  return isFunction ? `(${text})` : text;
}

/**
 * The same module with function expressions in parentheses. Declarations of its
 * top level become such variables, before all else, as they are hoisted anyway.
 */
export function eager(code: string): string {
  const program = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const functions: string[] = [];
  const rest: string[] = [];
  for (const statement of program.body) {
    const text = wrapped(code, statement);
    if (statement.type !== "FunctionDeclaration") rest.push(text);
    else functions.push(`var ${statement.id.name}=(${text});`);
  }
  return [...functions, ...rest].join("\n");
}
