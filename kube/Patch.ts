/** A patch and its kind; the content type follows from it. */
export type Patch =
  | { readonly type: "strategic"; readonly body: unknown }
  | { readonly type: "merge"; readonly body: unknown }
  | { readonly type: "json"; readonly body: readonly unknown[] }
  | {
      readonly type: "apply";
      readonly body: unknown;
      readonly fieldManager: string;
      /** Take over fields that others own. */
      readonly force?: boolean;
    };
