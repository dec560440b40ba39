/* The block in the editor: which widget, how it shows. The page itself is written by PHP, so nothing of it is saved here. */
{
  const { wp } = window;
  const { createElement: h } = wp.element;
  const { __ } = wp.i18n;
  const { InspectorControls, useBlockProps } = wp.blockEditor;
  const { PanelBody, Placeholder, SelectControl, TextControl } = wp.components;
  const widgets = window.inlayWidgets || [];
  const modes = [
    { value: '', label: __('In its place', 'inlay') },
    { value: 'popup', label: __('A button that opens it', 'inlay') },
    { value: 'float', label: __('A button in the corner', 'inlay') },
    { value: 'frame', label: __('In a frame of its own', 'inlay') },
  ];

  const Edit = ({ attributes, setAttributes }) => {
    const block = useBlockProps();
    const widget = attributes.widget || widgets[0]?.value || '';
    const text = (name, label, help) =>
      h(TextControl, {
        label,
        help,
        value: attributes[name] || '',
        onChange: value => setAttributes({ [name]: name === 'height' ? Number.parseInt(value, 10) || 0 : value }),
      });
    const shown = widgets.find(({ value }) => value === widget);
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
            label: __('Widget', 'inlay'),
            value: widget,
            options: widgets,
            onChange: value => setAttributes({ widget: value }),
          }),
          h(SelectControl, {
            label: __('How it shows', 'inlay'),
            value: attributes.mode,
            options: modes,
            onChange: value => setAttributes({ mode: value }),
          }),
          text('service', __('One service alone', 'inlay'), __('Its short name, as in its address.', 'inlay')),
          text('label', __('Words of the button', 'inlay')),
          text('height', __('Height kept free', 'inlay'), __('In pixels; empty for the usual one.', 'inlay')),
        ),
      ),
      h(Placeholder, {
        icon: 'calendar-alt',
        label: shown ? shown.label : 'Inlay',
        instructions: __('Visitors see the widget here.', 'inlay'),
      }),
    );
  };

  wp.blocks.registerBlockType('inlay/widget', { edit: Edit, save: () => null });
}
