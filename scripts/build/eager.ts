/**
 * Has V8 compile functions with their script instead of on their first call.
 *
 * V8 compiles at once what stands in parentheses, and Deno keeps in its code
 * cache what was compiled at once: without them a short run spends more time
 * compiling than running. What such a run does not call is left as it is, since
 * all that is kept has to be read again at each start.
 */

import { parse } from "acorn";
import type { Calls } from "./profile.ts";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Method extends Node {
  readonly kind: string;
  readonly static: boolean;
  readonly computed: boolean;
  readonly key: Node;
  readonly value: Node & {
    readonly async: boolean;
    readonly generator: boolean;
  };
}

/** Private methods become functions of each object: of one of a few only. */
const FEW_OBJECTS = 4;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value &&
    typeof value.type === "string" && "start" in value && "end" in value;
}

function isMethod(node: Node): node is Method {
  return node.type === "MethodDefinition";
}

/** Nodes right below, in the order of the text. */
function children(node: Node): readonly Node[] {
  return Object.values(node).flat().filter(isNode)
    .toSorted((a, b) => a.start - b.start);
}

/** Methods, getters and setters are function expressions without `function`. */
function hasMethod(node: Node): boolean {
  return isMethod(node) ||
    (node.type === "Property" &&
      (("method" in node && node.method === true) ||
        ("kind" in node && node.kind !== "init")));
}

function usesSuper(node: Node): boolean {
  return node.type === "Super" || children(node).some(usesSuper);
}

/**
 * The same module, with all functions that `calls` names compiled with it.
 * Declarations of its top level become variables before all else, as they are
 * hoisted anyway; methods become function expressions.
 */
export function eager(code: string, calls: Calls): string {
  return new Rewriter(code, calls).module();
}

class Rewriter {
  readonly #code: string;
  readonly #calls: Calls;

  constructor(code: string, calls: Calls) {
    this.#code = code;
    this.#calls = calls;
  }

  module(): string {
    const program = parse(this.#code, {
      ecmaVersion: "latest",
      sourceType: "module",
    });
    const functions: string[] = [];
    const rest: string[] = [];
    for (const statement of program.body) {
      if (statement.type === "FunctionDeclaration" && this.#called(statement)) {
        const { name } = statement.id;
        functions.push(`var ${name}=(${this.#inside(statement)});`);
      } else rest.push(this.#text(statement));
    }
    return [...functions, ...rest].join("\n");
  }

  #called(node: Node): number {
    return this.#calls.get(node.start) ?? 0;
  }

  #text(node: Node, inMethod = false): string {
    if (node.type === "ClassBody") return this.#classBody(node);
    const text = this.#inside(node);
    const isFunction = node.type === "ArrowFunctionExpression" ||
      (node.type === "FunctionExpression" && !inMethod);
    return isFunction && this.#called(node) > 0 ? `(${text})` : text;
  }

  /** The text of a node, with what is in it rewritten. */
  #inside(node: Node): string {
    let text = "";
    let end = node.start;
    for (const child of children(node)) {
      // Shorthand properties are there twice.
      if (child.start < end) continue;
      text += this.#code.slice(end, child.start) +
        this.#text(child, hasMethod(node));
      end = child.end;
    }
    return text + this.#code.slice(end, node.end);
  }

  /**
   * V8 has no parentheses for methods, but it has for what a static block puts
   * in their place, and for the values of fields.
   */
  #classBody(body: Node): string {
    const members = children(body);
    const made = members.find((member) =>
      isMethod(member) && member.kind === "constructor"
    );
    const few = made !== undefined && this.#called(made) <= FEW_OBJECTS;
    const fields: string[] = [];
    const block: string[] = [];
    const rest: string[] = [];
    for (const member of members) {
      if (!isMethod(member) || !this.#isMovable(member)) {
        rest.push(this.#text(member));
        continue;
      }
      const key = this.#code.slice(member.key.start, member.key.end);
      const value = this.#function(member);
      if (member.key.type !== "PrivateIdentifier") {
        const isName = !member.computed && member.key.type === "Identifier";
        const name = isName ? `.${key}` : `[${key}]`;
        block.push(`this.prototype${name}=${value};`);
      } else if (few) fields.push(`${key}=${value};`);
      else rest.push(this.#text(member));
    }
    const moved = block.length > 0 ? `static{${block.join("")}}` : "";
    return `{${fields.join("")}${moved}${rest.join("")}}`;
  }

  #isMovable(method: Method): boolean {
    return method.kind === "method" && !method.static &&
      !method.value.generator && this.#called(method) > 0 &&
      !usesSuper(method.value);
  }

  #function({ value }: Method): string {
    const text = this.#inside(value).replace(/^async\s*/, "");
    return `(${value.async ? "async " : ""}function${text})`;
  }
}
