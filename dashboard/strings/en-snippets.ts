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
  'embed.check': 'Is it there?',
  'embed.check.seen': '{origin} showed a widget at {when}.',
  'embed.check.refused': 'A page at {origin} has it, and was refused at {when}: the address is not on the list.',
  'embed.check.none': 'No page has shown a widget yet. Open your page once, then look again.',
  'embed.check.noAddress': 'First add the address of the website above: without it, every page is refused.',
  'embed.check.again': 'Look again',
  'embed.check.help': 'Nothing shows?',
  'embed.check.publish':
    'Save and publish the page; most builders run code on the published page alone. Empty the cache if it keeps one.',
  'embed.check.address': 'The page’s address has to be on the list exactly: with or without www, https and not http.',
  'embed.check.whole': 'Paste the code whole, as HTML and not as text: if the page shows its letters, it is text.',
  'embed.check.blocker': 'Try a window without extensions: some ad blockers hold back scripts of other addresses.',
  'embed.check.console': 'The browser’s console has one warning that begins with “Inlay:” and says what is missing.',
  'embed.preview': 'Preview',
  'embed.previewText': 'With the look of a plain page. On your website it takes on the look of the page.',
  'embed.mail': 'E-mail this to my developer',
  'embed.mailSubject': 'Add Inlay to {site}',
  'embed.mailIntro': 'Please add this to our website.',
  'embed.plugin': 'Download the plugin',
  'embed.code': 'Code for step {n}',

  'embed.part.head': 'Put this into the page’s <head>, before other scripts.',
  'embed.part.page': 'Paste this where the widget should appear.',
  'embed.part.everywhere': 'Paste this. It is the same for every page, and its place does not matter.',
  'embed.part.address': 'Enter this as the address of Inlay.',
  'embed.part.key': 'Enter this as the site key.',
  'embed.part.shortcode':
    'Add a Shortcode block where the widget should appear, with this text. The block “Inlay widget” does the same.',
  'embed.part.install': 'Install the package.',
  'embed.part.component': 'Use the widget in a component.',
  'embed.part.tag':
    'Make a tag of the type Custom HTML with this code, and let it fire on All Pages. Then submit the container.',
  'embed.before.wordpress':
    'In WordPress, open Plugins, Add Plugin (Add New in older versions), Upload Plugin. Choose the file, activate it, then open its Settings.',
  'embed.before.wix':
    'In the Wix editor, choose Add Elements, Embed Code, Embed HTML, and make the element as high as the widget. Wix shows it in a frame of another address; after the first visit that address is here under “Refused lately”, with a button to allow it.',
  'embed.before.wix.float':
    'In the site’s dashboard at Wix, open Settings, Custom Code, and add code to all pages at the end of the body. Wix has this for published sites with a domain of their own. An HTML element of the editor is a frame, which would keep the button inside.',
  'embed.before.squarespace':
    'Edit the page, add a Code block, and set it to HTML. Squarespace runs code from the plan Core up; where yours has none, only its text shows.',
  'embed.before.squarespace.float':
    'Under Utilities, open Website Tools, Code Injection, and use the field Footer. Squarespace has it from the plan Core up.',
  'embed.before.webflow':
    'Add a Code Embed element to the page, then publish: code shows on the published site alone, and asks for a paid plan.',
  'embed.before.webflow.float':
    'Open Site settings, Custom code, and use the field Footer code; save, then publish. Custom code asks for a paid plan.',
  'embed.before.shopify':
    'In Online Store, Themes, Customize, choose the page at the top, then Add section, Custom Liquid.',
  'embed.before.shopify.float':
    'In Online Store, Themes, Customize, add a section Custom Liquid to the footer, which every page has.',
  'embed.before.gtm':
    'A widget in its place needs its tag in the page itself; a button in the corner needs the tag manager alone.',
} as const;
