/** What is known of each tag. The build of the npm package puts what the widgets' own documentation says in this file's place. */

export interface TagTypes {
  readonly attributes: { readonly [name: string]: string | boolean | undefined };
  readonly events: { readonly [name: `inlay:${string}`]: CustomEvent };
}

export interface InlayTags {
  readonly [tag: `inlay-${string}`]: TagTypes;
}
