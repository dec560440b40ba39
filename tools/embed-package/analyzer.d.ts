/** The parts of the analyzer that the package's types are made with; it publishes types of its plugins alone. */
declare module '@custom-elements-manifest/analyzer/index.js' {
  interface SourceText {
    readonly fileName: string;
  }
  export const ts: {
    readonly ScriptTarget: { readonly ES2022: number };
    createSourceFile(name: string, text: string, target: number, parents: boolean): SourceText;
  };
  export const create: (options: {
    readonly modules: readonly SourceText[];
    readonly plugins: readonly object[];
    readonly context: object;
  }) => { readonly modules: readonly { readonly declarations?: readonly { readonly name: string }[] }[] };
}

declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  export const litPlugin: () => readonly object[];
}
