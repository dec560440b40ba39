/** A WordPress site with the plugin as it is downloaded: its PHP runs in WebAssembly, WordPress is `wordpress.php`. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadPHPRuntime, PHP } from '@php-wasm/universal';
import { unzipSync } from 'fflate';
import { zipPlugin } from '../../tools/wordpress.ts';

/** The oldest PHP that the plugin promises to run on, and the newest. */
export const phpVersions = ['7.4', '8.5'] as const;
export type PhpVersion = (typeof phpVersions)[number];

const loaders = {
  '7.4': () => import('@php-wasm/node-7-4'),
  '8.5': () => import('@php-wasm/node-8-5'),
};

export interface WordPressSite {
  /**
   * Runs statements as one request would, with the plugin loaded and `$given` as it is here, and hands over what they return. Throws
   * whatever PHP complains of.
   */
  request<T>(statements: string, given?: unknown): Promise<T>;
  /** The plugin's PHP files. */
  readonly files: readonly string[];
  /** What a visitor gets who asks for one of `files` by its own address. */
  alone(file: string): Promise<string>;
  stop(): void;
}

const plugins = '/wordpress/wp-content/plugins';

/** Without a PHP on the machine; a request has everything anew, its options too. */
export async function startWordPress(version: PhpVersion = '8.5'): Promise<WordPressSite> {
  const { getPHPLoaderModule } = await loaders[version]();
  const php = new PHP(await loadPHPRuntime(await getPHPLoaderModule()));
  const files = unzipSync(await zipPlugin());
  for (const [name, bytes] of Object.entries(files)) {
    php.mkdirTree(dirname(`${plugins}/${name}`));
    php.writeFile(`${plugins}/${name}`, bytes);
  }
  php.writeFile('/wordpress/wordpress.php', readFileSync(join(import.meta.dirname, 'wordpress.php')));
  return {
    async request<T>(statements: string, given: unknown = null) {
      php.writeFile('/wordpress/given.json', JSON.stringify(given));
      const code = `<?php
error_reporting( E_ALL );
ini_set( 'display_errors', '0' );
set_error_handler( function ( $level, $text, $file, $line ) { throw new ErrorException( $text, 0, $level, $file, $line ); } );
require '/wordpress/wordpress.php';
$given = json_decode( file_get_contents( '/wordpress/given.json' ), true );
echo json_encode( ( function ( $given ) { global $wp; ${statements} } )( $given ), JSON_THROW_ON_ERROR );`;
      return JSON.parse((await php.run({ code })).text) as T;
    },
    files: Object.keys(files).filter(name => name.endsWith('.php')),
    alone: async file => (await php.run({ scriptPath: `${plugins}/${file}` })).text,
    stop: () => php.exit(),
  };
}
