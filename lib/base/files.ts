/** Files of the machine, injected wherever one is read. */

/** What is found where a file is looked for. */
export type FileContent =
  | { readonly kind: "content"; readonly bytes: Uint8Array }
  | { readonly kind: "folder" | "missing" | "unreadable" };

/** The files of the machine. */
export interface FileAccess {
  /** Follows links; never throws, whatever `path` contains. */
  read(path: string): FileContent;
}
