/** Pages of a WordPress site with the plugin, set up from what the dashboard hands out, as WordPress and a theme of each kind write them. */
import { type BuilderPage, builderPage, codeOf } from '../../edge/demo/builder-pages.ts';
import type { SnippetPart } from '../../schemas/protocol/index.ts';
import { startWordPress } from './wordpress-site.ts';

const css = '.entry-content p{margin:0 0 1.75em}.entry-content>*{max-width:650px;margin-inline:auto}';

/** The settings as their owner enters them, then the pages: `$given` is the parts of the snippet by their place. */
const pages = `
save_option( 'inlay', array( 'host' => $given['address'], 'key' => $given['key'] ) );
if ( $wp['errors'] ) { return $wp['errors']; }
$shortcode = do_shortcode( $given['shortcode'] );
$block = render_block( 'inlay/widget', array( 'widget' => 'booking' ) );
return array( 'shortcode' => $shortcode, 'block' => $block, 'scripts' => print_scripts() );`;

export async function wordPressPages(parts: readonly SnippetPart[]): Promise<Readonly<Record<string, BuilderPage>>> {
  const site = await startWordPress();
  try {
    const given = Object.fromEntries(
      (['address', 'key', 'shortcode'] as const).map(place => [place, codeOf(parts, place)]),
    );
    const { shortcode, block, scripts } = await site.request<Record<string, string>>(pages, given);
    if (!shortcode || !block || !scripts) throw new Error('The plugin refused what the dashboard hands out.');
    const content = (widget: string) =>
      `<main class="entry-content wp-block-post-content"><h1>Book</h1>\n${widget}\n\n\n<p>Below</p></main>`;
    return {
      // A classic theme has written its head before the content asks for a script, which then comes in the footer.
      'wordpress-shortcode': { html: builderPage('WordPress', css, content(shortcode) + scripts) },
      // A block theme makes the content first.
      'wordpress-block': { html: builderPage('WordPress', css, content(block), scripts) },
    };
  } finally {
    site.stop();
  }
}
