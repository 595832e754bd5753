/** What every generated file says of itself. */
export const GENERATED =
  "generated from the program's table of options, do not edit";
