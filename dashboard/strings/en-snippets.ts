/** Texts of "Add to your website", in English: the builders, the ways to show a widget, and what to do with each part. */
export const snippets = {
  'embed.title': 'Add to your website',
  'embed.none': 'Switch on a module with a widget to get its snippet.',
  'embed.builder': 'Your website is made with',
  'embed.builder.html': 'HTML',
  'embed.builder.wordpress': 'WordPress',
  'embed.builder.wix': 'Wix',
  'embed.builder.squarespace': 'Squarespace',
  'embed.builder.webflow': 'Webflow',
  'embed.builder.shopify': 'Shopify',
  'embed.builder.react': 'React or Next.js',
  'embed.builder.vue': 'Vue or Nuxt',
  'embed.builder.svelte': 'Svelte',
  'embed.builder.gtm': 'Google Tag Manager',
  'embed.widget': 'Widget',
  'embed.mode': 'How it shows',
  'embed.mode.inline': 'In its place in the page',
  'embed.mode.popup': 'A button that opens it',
  'embed.mode.float': 'A button in the corner of the page',
  'embed.mode.frame': 'In a frame, apart from the page',
  'embed.label': 'Words of the button',
  'embed.only': '{name} (leave it empty for all)',
  'embed.fast': 'Fetch it ahead, so that it shows sooner',
  'embed.fastHint':
    'The code names the files of today. When they are improved, the page fetches the old ones in vain until it has a new snippet; with “Keep this version for good” they stay the right ones.',
  'embed.host': 'Where it comes from',
  'embed.hostHint':
    'From a name of the site’s own, a browser takes the widget for a part of the site. The name has to keep leading here.',
  'embed.pin': 'Keep this version for good',
  'embed.pinHint':
    'The page gets exactly the script of today, checked by the browser. Improvements and changes to this site’s look come only with a new snippet.',
  'embed.preview': 'Preview',
  'embed.previewText': 'With the look of a plain page. On your website it takes on the look of the page.',
  'embed.mail': 'E-mail this to my developer',
  'embed.mailSubject': 'Add Inlay to {site}',
  'embed.mailIntro': 'Please add this to our website.',
  'embed.plugin': 'Download the plugin',
  'embed.code': 'Code for step {n}',

  'embed.part.head': 'Put this into the page’s <head>, before other scripts.',
  'embed.part.page': 'Paste this where the widget should appear.',
  'embed.part.address': 'Enter this as the address of Inlay.',
  'embed.part.key': 'Enter this as the site key.',
  'embed.part.shortcode':
    'Add a Shortcode block where the widget should appear, with this text. The block “Inlay widget” does the same.',
  'embed.part.install': 'Install the package.',
  'embed.part.component': 'Use the widget in a component.',
  'embed.part.tag': 'Make a tag of the type Custom HTML with this code, and let it fire on All Pages.',
  'embed.before.wordpress':
    'In WordPress, open Plugins, Add New, Upload Plugin. Choose the file, activate it, then open Settings, Inlay.',
  'embed.before.wix':
    'In the Wix editor, choose Add Elements, Embed Code, Embed HTML. Wix shows it in a frame of another address; the first visit names that address, and it has to be added below.',
  'embed.before.squarespace': 'Edit the page, add a Code block, and set it to HTML.',
  'embed.before.webflow': 'Add a Code Embed element to the page. Custom code shows on the published site alone.',
  'embed.before.shopify': 'In Online Store, Themes, Customize, add a section of the type Custom Liquid.',
  'embed.before.gtm':
    'A widget in its place needs its tag in the page itself; a button in the corner needs the tag manager alone.',
} as const;
