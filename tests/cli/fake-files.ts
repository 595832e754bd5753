/** Files that exist only for a test. */

import type {
  FileAccess,
  FileContent,
  FolderContent,
} from "../../lib/base/files.ts";

/**
 * A text is a file with that content; bytes are one that is not text; null is
 * a folder, and undefined a file that may not be read.
 */
export function fakeFiles(
  contents: Readonly<Record<string, string | Uint8Array | null | undefined>> =
    {},
): FileAccess {
  return {
    read(path: string): FileContent {
      if (!Object.hasOwn(contents, path)) return { kind: "missing" };
      const content = contents[path];
      if (content === undefined) return { kind: "unreadable" };
      if (content === null) return { kind: "folder" };
      return {
        kind: "content",
        bytes: typeof content === "string"
          ? new TextEncoder().encode(content)
          : content,
      };
    },
    list(path: string): FolderContent {
      if (!Object.hasOwn(contents, path)) return { kind: "missing" };
      if (contents[path] !== null) return { kind: "no-folder" };
      const paths = Object.keys(contents).filter((name) =>
        name.startsWith(`${path}/`) && contents[name] !== null
      );
      return { kind: "files", paths: paths.toSorted() };
    },
  };
}
