/** Modules of WebAssembly, compiled when the Worker is bundled. */
declare module '*.wasm';
