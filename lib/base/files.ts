/** Files of the machine, injected wherever one is read. */

/** What is found where a file is looked for. */
export type FileContent =
  | { readonly kind: "content"; readonly bytes: Uint8Array }
  | { readonly kind: "folder" | "missing" | "unreadable" };

/** What is found where a folder is looked for. */
export type FolderContent =
  /** Paths of the files in it, in the order of their names. */
  | { readonly kind: "files"; readonly paths: readonly string[] }
  | { readonly kind: "no-folder" | "missing" | "unreadable" };

/** The files of the machine. */
export interface FileAccess {
  /**
   * Follows links; never throws, whatever `path` contains. A file of more than
   * `limit` bytes is unreadable.
   */
  read(path: string, limit: number): FileContent;
  /**
   * What is not a file is left out, links are followed; never throws. A folder
   * of more than `limit` entries is unreadable.
   */
  list(path: string, limit: number): FolderContent;
}

/** Longest command file or log configuration that is read, in bytes. */
export const SETTINGS_LIMIT = 1024 * 1024;

/** Longest data dictionary that is read, in bytes. */
export const DICTIONARY_LIMIT = 16 * 1024 * 1024;
