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

/** Defines a method as `class` does; stands before the module. */
const DEFINE =
  "=(o,k,value)=>Object.defineProperty(o,k,{value,writable:true,configurable:true});";

/**
 * The module with all functions that `calls` names compiled with it.
 * Declarations of its top level become variables before all else, as they are
 * hoisted anyway; methods become function expressions.
 *
 * It does the same, unless it looks at the `name` of a method or expects
 * `new object.method()` to throw.
 */
export function eager(code: string, calls: Calls): string {
  return new Rewriter(code, calls).module();
}

class Rewriter {
  readonly #code: string;
  readonly #calls: Calls;
  /** Of the function that defines methods: it is nowhere else in the code. */
  readonly #define: string;
  #defines = false;

  constructor(code: string, calls: Calls) {
    this.#code = code;
    this.#calls = calls;
    let name = "$m";
    while (code.includes(name)) name += "$";
    this.#define = name;
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
        const { id } = statement;
        // Within a function expression its own name could not be assigned to.
        const text = this.#inside(statement);
        const head = text.slice(0, id.start - statement.start);
        const anonymous = head + text.slice(id.end - statement.start);
        functions.push(`var ${id.name}=(${anonymous});`);
      } else rest.push(this.#text(statement));
    }
    const define = this.#defines ? [`var ${this.#define}${DEFINE}`] : [];
    return [...define, ...functions, ...rest].join("\n");
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
  #inside(
    node: Node,
    rewritten = (child: Node): string => this.#text(child, hasMethod(node)),
  ): string {
    let text = "";
    let end = node.start;
    for (const child of children(node)) {
      // Shorthand properties are there twice.
      if (child.start < end) continue;
      text += this.#code.slice(end, child.start) + rewritten(child);
      end = child.end;
    }
    return text + this.#code.slice(end, node.end);
  }

  /**
   * V8 has no parentheses for methods, but it has for what a static block puts
   * in their place, and for the values of fields. Both come first: fields may
   * call methods when they are made.
   */
  #classBody(body: Node): string {
    const members = children(body);
    const made = members.find((member) =>
      isMethod(member) && member.kind === "constructor"
    );
    const few = made !== undefined && this.#called(made) <= FEW_OBJECTS;
    let fields = "";
    let block = "";
    const text = this.#inside(body, (member) => {
      if (!isMethod(member) || !this.#isMovable(member, members)) {
        return this.#text(member);
      }
      const key = this.#keyOf(member);
      const { key: { type }, value: { async } } = member;
      const value = (): string =>
        `(${async ? "async " : ""}function${this.#inside(member.value)})`;
      if (type === "PrivateIdentifier") {
        if (!few) return this.#text(member);
        fields += `${key}=${value()};`;
      } else {
        this.#defines = true;
        const name = member.computed ? key : JSON.stringify(key);
        block += `${this.#define}(this.prototype,${name},${value()});`;
      }
      // Fields before and after it must not grow together.
      return ";";
    });
    const moved = block === "" ? "" : `static{${block}}`;
    return `{${fields}${moved}${text.slice(1)}`;
  }

  #keyOf({ key }: Method): string {
    return this.#code.slice(key.start, key.end);
  }

  #isMovable(method: Method, members: readonly Node[]): boolean {
    const key = this.#keyOf(method);
    const plain = method.computed
      ? /^Symbol\.\w+$/.test(key)
      : /^(Private)?Identifier$/.test(method.key.type);
    return plain && method.kind === "method" && !method.static &&
      !method.value.generator && this.#called(method) > 0 &&
      !usesSuper(method.value) &&
      // Of several with one name the last counts.
      members.every((other) =>
        other === method || !isMethod(other) || other.static ||
        this.#keyOf(other) !== key
      );
  }
}
