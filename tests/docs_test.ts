/** What the documents name is there: files, headings, options, tasks. */

import assert from "node:assert/strict";
import { OPERATOR_TABLE } from "../lib/cli/operator-options.ts";
import { OPTIONS } from "../lib/cli/options.ts";

const ROOT = new URL("../", import.meta.url);

/** Every document that people read, by its path in the project. */
const DOCUMENTS = await documents();

async function documents(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const folder of ["", "docs/", "bench/"]) {
    for await (const { name, isFile } of Deno.readDir(new URL(folder, ROOT))) {
      if (!isFile || !name.endsWith(".md")) continue;
      const path = `${folder}${name}`;
      texts.set(path, await Deno.readTextFile(new URL(path, ROOT)));
    }
  }
  return texts;
}

function textOf(path: string): string {
  return DOCUMENTS.get(path) ?? assert.fail(path);
}

const FENCED = /^( *)```[^\n]*\n(.*?)^\1```$/gms;

function withoutBlocks(text: string): string {
  return text.replaceAll(FENCED, "");
}

/** Names by which headings are linked to, as forges make them. */
function anchors(text: string): ReadonlySet<string> {
  const headings = withoutBlocks(text).matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) =>
      heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-")
    ),
  );
}

async function isThere(url: URL): Promise<boolean> {
  try {
    await Deno.stat(url);
    return true;
  } catch {
    return false;
  }
}

Deno.test("every link within the project leads somewhere", async () => {
  let count = 0;
  for (const [path, text] of DOCUMENTS) {
    // The text of a link may be code, but no link stands in code.
    const prose = withoutBlocks(text).replaceAll(/`[^`\n]*`/g, "code");
    for (const [, target = ""] of prose.matchAll(/\]\(([^()\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      count++;
      const [file = "", anchor] = target.split("#");
      const url = file === "" ? new URL(path, ROOT) : new URL(
        file,
        new URL(path, ROOT),
      );
      assert.ok(await isThere(url), `${path}: ${target}`);
      if (anchor === undefined) continue;
      const linked = await Deno.readTextFile(url);
      assert.ok(anchors(linked).has(anchor), `${path}: ${target}`);
    }
  }
  assert.ok(count > 40, String(count));
});

/** Every page can be reached from the README, directly or by another page. */
Deno.test("no page of docs is forgotten", () => {
  const reached = new Set(["README.md"]);
  for (const path of reached) {
    for (
      const [, target = ""] of textOf(path).matchAll(/\]\(([^()\s#]+\.md)/g)
    ) {
      if (/^[a-z]+:/.test(target)) continue;
      const url = new URL(target, new URL(path, ROOT));
      reached.add(url.href.slice(ROOT.href.length));
    }
  }
  const pages = [...DOCUMENTS.keys()].filter((path) => path.startsWith("docs"));
  assert.deepEqual(pages.filter((path) => !reached.has(path)), []);
});

/** Without those of bench, whose commands are scripts with their own options. */
const PAGES: ReadonlyMap<string, string> = new Map(
  [...DOCUMENTS].filter(([path]) => !path.startsWith("bench/")),
);

const LONG: ReadonlySet<string> = new Set(OPTIONS.map(({ long }) => long));

const NAMES: ReadonlySet<string> = new Set(
  OPTIONS.flatMap(({ long, short }) => short ? [long, short] : [long]),
);

/** Of other programs that the documents speak of. */
const OTHERS: ReadonlySet<string> = new Set([
  // deno, npm
  "--yes",
  "--global",
  "--name",
  "--force",
  "--no-config",
  "--no-lock",
  "--no-prompt",
  "--v8-flags",
  "--max-semi-space-size",
  "--unstable-net",
  "--no-check",
  "--filter",
  // scripts of this project
  "--code-cache",
  "--deno",
  "--target",
  "--seed",
  "--seconds",
  // sha256sum, systemctl, docker, node_exporter
  "--check",
  "--ignore-missing",
  "--now",
  "--chmod",
  "--collector",
]);

Deno.test("every long option in the documents is an option that there is", () => {
  for (const [path, text] of PAGES) {
    for (const [option] of text.matchAll(/(?<![\w-])--[a-z][a-z0-9-]*/g)) {
      const known = LONG.has(option) || OTHERS.has(option) ||
        option.startsWith("--allow-") ||
        // "--profile-…" stands for all that begin so.
        option.endsWith("-") && [...LONG].some((one) => one.startsWith(option));
      assert.ok(known, `${path}: ${option}`);
    }
  }
});

/** What is given to echoscu in one line of a block, or in one piece of code. */
function commandLines(text: string): string[] {
  const blocks = [...text.matchAll(FENCED)].flatMap(([, , block = ""]) =>
    block.replaceAll("\\\n", " ").split("\n")
  );
  const indented = text.match(/^ {4}.*$/gm) ?? [];
  const spans = [...withoutBlocks(text).matchAll(/`([^`]+)`/g)]
    .map(([, code = ""]) => code);
  return [...blocks, ...indented, ...spans].flatMap((line) => {
    const [, given] =
      /(?:^|(?<!--name)[\s$/])echoscu(?:-deno)? ([^|#]*)/.exec(line) ?? [];
    return given === undefined ? [] : [given];
  });
}

Deno.test("every option of every command in the documents is one that there is", () => {
  let count = 0;
  for (const [path, text] of PAGES) {
    for (const line of commandLines(text)) {
      for (
        const [option] of line.matchAll(/(?<=^|[\s"])[-+]-?[a-z][^\s",]*/g)
      ) {
        count++;
        assert.ok(NAMES.has(option), `${path}: ${option} in ${line}`);
      }
    }
  }
  assert.ok(count > 30, String(count));
});

Deno.test("the README tells of every option that is not the reference's", () => {
  const readme = textOf("README.md");
  for (const { long } of OPERATOR_TABLE) {
    assert.match(readme, new RegExp(`${long}(?![a-z-])`));
  }
});

Deno.test("every task in README and docs is a task that there is", async () => {
  const { tasks } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  for (const [path, text] of DOCUMENTS) {
    if (path !== "README.md" && !path.startsWith("docs")) continue;
    for (
      const [, task = ""] of text.matchAll(/deno(?:@[\d.]+)? task ([a-z]+)/g)
    ) {
      assert.ok(Object.hasOwn(tasks, task), `${path}: ${task}`);
    }
  }
});

Deno.test("the README begins with the two commands that do everything", () => {
  const [, , block] = FENCED.exec(textOf("README.md")) ?? [];
  FENCED.lastIndex = 0;
  const commands = block?.trim().split("\n").map((line) =>
    line.replace(/ +#.*/, "")
  );
  assert.deepEqual(commands, [
    "npx --yes deno@2.9.6 task demo",
    "npx --yes deno@2.9.6 task test",
  ]);
});
