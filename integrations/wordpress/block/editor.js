/* The block in the editor: which widget, how it shows. The page itself is written by PHP, so nothing of it is saved here. */
{
  const { wp } = window;
  const { createElement: h } = wp.element;
  const { __ } = wp.i18n;
  const { InspectorControls, useBlockProps } = wp.blockEditor;
  const { ExternalLink, PanelBody, Placeholder, SelectControl, TextControl } = wp.components;
  const { widgets, settings } = window.inlayEditor;
  const modes = [
    { value: 'inline', label: __('In its place', 'inlay'), seen: __('Visitors see the widget here.', 'inlay') },
    {
      value: 'popup',
      label: __('A button that opens it', 'inlay'),
      seen: __('Visitors see a button here that opens it.', 'inlay'),
    },
    {
      value: 'float',
      label: __('A button in the corner', 'inlay'),
      seen: __('Visitors see a button in the corner of the page that opens it.', 'inlay'),
    },
    { value: 'frame', label: __('In a frame of its own', 'inlay'), seen: __('Visitors see the widget here.', 'inlay') },
  ];
  // Looks that the controls will have in any case, asked for so that the editor does not warn.
  const looks = { __next40pxDefaultSize: true, __nextHasNoMarginBottom: true };

  const Edit = ({ attributes, setAttributes }) => {
    const block = useBlockProps();
    const widget = widgets.find(({ value }) => value === attributes.widget) || widgets[0];
    const mode = attributes.mode || widget.mode;
    const shown = modes.find(({ value }) => value === mode) || modes[0];
    const onDemand = mode === 'popup' || mode === 'float';
    const text = (name, label, help) =>
      h(TextControl, {
        ...looks,
        key: name,
        label,
        help,
        value: attributes[name] || '',
        onChange: value => setAttributes({ [name]: value }),
      });
    return h(
      'div',
      block,
      h(
        InspectorControls,
        null,
        h(
          PanelBody,
          { title: __('Widget', 'inlay') },
          h(SelectControl, {
            ...looks,
            label: __('Widget', 'inlay'),
            value: widget.value,
            options: widgets.map(({ value, label }) => ({ value, label })),
            // Another widget shows in its own usual way.
            onChange: value => setAttributes({ widget: value, mode: '' }),
          }),
          h(SelectControl, {
            ...looks,
            label: __('How it shows', 'inlay'),
            value: shown.value,
            options: modes.map(({ value, label }) => ({ value, label })),
            onChange: value => setAttributes({ mode: value }),
          }),
          widget.options.map(({ name, label, help }) => text(name, label, help)),
          onDemand
            ? text(
                'label',
                __('Words of the button', 'inlay'),
                __('Empty for its usual words in the visitor’s language.', 'inlay'),
              )
            : h(TextControl, {
                ...looks,
                label: __('Height kept free', 'inlay'),
                help: __('In pixels; empty for the usual one.', 'inlay'),
                type: 'number',
                min: 0,
                placeholder: `${widget.height}`,
                value: attributes.height || '',
                onChange: value => setAttributes({ height: Number.parseInt(value, 10) || 0 }),
              }),
        ),
      ),
      h(
        Placeholder,
        {
          icon: 'calendar-alt',
          label: widget.label,
          instructions: settings ? __('Inlay needs its address and the site key first.', 'inlay') : shown.seen,
        },
        settings ? h(ExternalLink, { href: settings }, __('Open the settings', 'inlay')) : null,
      ),
    );
  };

  wp.blocks.registerBlockType('inlay/widget', { edit: Edit, save: () => null });
}
