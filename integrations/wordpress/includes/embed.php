<?php
/**
 * The widget on a page: the script once, and the tag with a placeholder of its height, so that nothing moves when it shows.
 *
 * @package Inlay
 */

defined( 'ABSPATH' ) || exit;

/** What there is, by name: label, height in pixels, usual way to show, attributes, and what its editor asks. */
function inlay_widgets() {
	static $widgets = null;
	if ( null === $widgets ) {
		$widgets = require __DIR__ . '/widgets.php';
	}
	return $widgets;
}

/** `[inlay widget="booking" service="cut" mode="popup" label="Book a visit" height="420"]` */
function inlay_shortcode( $given ) {
	return inlay_render( is_array( $given ) ? $given : array() );
}

/** The markup of a widget; for those who can mend it, a sentence where something is missing, and nothing for anybody else. */
function inlay_render( $given ) {
	$settings = inlay_settings();
	$widgets  = inlay_widgets();
	$name     = isset( $given['widget'] ) && '' !== $given['widget'] ? $given['widget'] : (string) key( $widgets );
	if ( ! isset( $widgets[ $name ] ) ) {
		/* translators: %s: name of a widget. */
		return inlay_hint( sprintf( __( 'There is no Inlay widget "%s".', 'inlay' ), $name ) );
	}
	if ( '' === $settings['key'] || '' === $settings['host'] ) {
		return inlay_hint( __( 'Inlay needs its address and the site key: see Settings, Inlay.', 'inlay' ) );
	}
	inlay_enqueue( $settings );
	$widget     = $widgets[ $name ];
	$attributes = '';
	// Where nobody says how, it shows as it usually does; in its place is no attribute at all.
	$mode = isset( $given['mode'] ) && is_scalar( $given['mode'] ) && '' !== (string) $given['mode'] ? (string) $given['mode'] : $widget['mode'];
	$given['mode'] = 'inline' === $mode ? '' : $mode;
	foreach ( $widget['attributes'] as $attribute ) {
		if ( isset( $given[ $attribute ] ) && is_scalar( $given[ $attribute ] ) && '' !== (string) $given[ $attribute ] ) {
			$attributes .= sprintf( ' %s="%s"', $attribute, esc_attr( (string) $given[ $attribute ] ) );
		}
	}
	$height = isset( $given['height'] ) && (int) $given['height'] > 0 ? (int) $given['height'] : $widget['height'];
	$label  = isset( $given['label'] ) && is_scalar( $given['label'] ) ? (string) $given['label'] : '';
	$child  = sprintf( '<svg width="1" height="%d" display="block" aria-hidden="true"></svg>', $height );
	if ( 'float' === $mode || ( 'popup' === $mode && '' === $label ) ) {
		$child = '';
	} elseif ( 'popup' === $mode ) {
		// There before anything of Inlay has come, in the looks of the theme.
		$child = sprintf( '<button type="button">%s</button>', esc_html( $label ) );
	}
	return sprintf( '<%1$s%2$s>%3$s</%1$s>', tag_escape( 'inlay-' . $name ), $attributes, $child );
}

/** Once for a page, and only on pages that have a widget. */
function inlay_enqueue( $settings ) {
	// The address names no version: the host says itself how long the script may be kept.
	// phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion
	wp_enqueue_script( 'inlay', esc_url_raw( $settings['host'] . '/embed/' . $settings['key'] . '.js' ), array(), null, array( 'strategy' => 'async' ) );
}

function inlay_hint( $text ) {
	return current_user_can( 'edit_posts' ) ? '<p>' . esc_html( $text ) . '</p>' : '';
}

function inlay_register_block() {
	load_plugin_textdomain( 'inlay', false, dirname( plugin_basename( __DIR__ ) ) . '/languages' );
	register_block_type( dirname( __DIR__ ) . '/block', array( 'render_callback' => 'inlay_render_block' ) );
	wp_set_script_translations( 'inlay-widget-editor-script', 'inlay', dirname( __DIR__ ) . '/languages' );
}

/** What the block's editor knows: the widgets, and where the settings are while they are missing. */
function inlay_editor_data() {
	$choices = array();
	foreach ( inlay_widgets() as $name => $widget ) {
		$options = array();
		foreach ( $widget['options'] as $option => $words ) {
			$options[] = array( 'name' => $option, 'label' => $words[0], 'help' => $words[1] );
		}
		$choices[] = array( 'value' => $name, 'label' => $widget['label'], 'mode' => $widget['mode'], 'height' => $widget['height'], 'options' => $options );
	}
	$settings = inlay_settings();
	$missing  = '' === $settings['key'] || '' === $settings['host'];
	$data     = array( 'widgets' => $choices, 'settings' => $missing ? inlay_settings_url() : '' );
	wp_add_inline_script( 'inlay-widget-editor-script', 'window.inlayEditor = ' . wp_json_encode( $data, JSON_HEX_TAG ) . ';', 'before' );
}

function inlay_render_block( $given ) {
	$markup = inlay_render( $given );
	return '' === $markup ? '' : '<div ' . get_block_wrapper_attributes() . '>' . $markup . '</div>';
}
