/** The packages of one PHP each come without types. */
declare module '@php-wasm/node-*' {
  export function getPHPLoaderModule(): Promise<import('@php-wasm/universal').PHPLoaderModule>;
}
