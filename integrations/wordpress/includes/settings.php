<?php
/**
 * The settings: which site of Inlay this is, and where Inlay is.
 *
 * @package Inlay
 */

defined( 'ABSPATH' ) || exit;

/** Site key and origin; empty strings before they have been set. */
function inlay_settings() {
	$saved = get_option( 'inlay' );
	return wp_parse_args( is_array( $saved ) ? $saved : array(), array( 'key' => '', 'host' => '' ) );
}

function inlay_register_settings() {
	register_setting(
		'inlay',
		'inlay',
		array(
			'type'              => 'array',
			'sanitize_callback' => 'inlay_sanitize_settings',
			'default'           => array(),
		)
	);
	add_settings_section( 'inlay', '', '__return_false', 'inlay' );
	add_settings_field( 'inlay-host', __( 'Address of Inlay', 'inlay' ), 'inlay_text_field', 'inlay', 'inlay', array( 'name' => 'host', 'label_for' => 'inlay-host', 'placeholder' => 'https://inlay.example' ) );
	add_settings_field( 'inlay-key', __( 'Site key', 'inlay' ), 'inlay_text_field', 'inlay', 'inlay', array( 'name' => 'key', 'label_for' => 'inlay-key', 'placeholder' => 'site_' ) );
}

/** Keeps a value that is right, and says which is not; an address is kept as its origin. */
function inlay_sanitize_settings( $input ) {
	$kept  = inlay_settings();
	$input = is_array( $input ) ? $input : array();
	$key   = isset( $input['key'] ) ? trim( sanitize_text_field( $input['key'] ) ) : '';
	if ( '' === $key || preg_match( '/^site_[a-z0-9]+$/', $key ) ) {
		$kept['key'] = $key;
	} else {
		add_settings_error( 'inlay', 'key', __( 'A site key begins with site_ and has lower-case letters and digits. Copy it from the snippet in your dashboard.', 'inlay' ) );
	}
	$host  = isset( $input['host'] ) ? trim( sanitize_text_field( $input['host'] ) ) : '';
	$parts = wp_parse_url( $host );
	if ( '' === $host ) {
		$kept['host'] = '';
	} elseif ( is_array( $parts ) && isset( $parts['scheme'], $parts['host'] ) && in_array( $parts['scheme'], array( 'https', 'http' ), true ) ) {
		$kept['host'] = $parts['scheme'] . '://' . $parts['host'] . ( isset( $parts['port'] ) ? ':' . (int) $parts['port'] : '' );
	} else {
		add_settings_error( 'inlay', 'host', __( 'The address begins with https://, as in the snippet in your dashboard.', 'inlay' ) );
	}
	return $kept;
}

function inlay_add_settings_page() {
	add_options_page( __( 'Inlay', 'inlay' ), __( 'Inlay', 'inlay' ), 'manage_options', 'inlay', 'inlay_settings_page' );
}

function inlay_settings_url() {
	return admin_url( 'options-general.php?page=inlay' );
}

/** The way to the settings beside the plugin in the list, where its owner is after activating it. */
function inlay_action_links( $links ) {
	array_unshift( $links, '<a href="' . esc_url( inlay_settings_url() ) . '">' . esc_html__( 'Settings', 'inlay' ) . '</a>' );
	return $links;
}

function inlay_settings_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap"><h1>' . esc_html__( 'Inlay', 'inlay' ) . '</h1>';
	echo '<p>' . esc_html__( 'Both values are in your Inlay dashboard: open the site, then "Add to your website" and WordPress.', 'inlay' ) . '</p>';
	echo '<form method="post" action="' . esc_url( admin_url( 'options.php' ) ) . '">';
	settings_fields( 'inlay' );
	do_settings_sections( 'inlay' );
	submit_button();
	echo '</form>';
	echo '<p>' . esc_html__( 'Then add the block "Inlay widget" to a page, or write a shortcode:', 'inlay' ) . ' <code>[inlay widget="booking"]</code></p></div>';
}

function inlay_text_field( $field ) {
	$settings = inlay_settings();
	printf(
		'<input type="text" class="regular-text code" id="%1$s" name="inlay[%2$s]" value="%3$s" placeholder="%4$s" autocomplete="off" spellcheck="false">',
		esc_attr( $field['label_for'] ),
		esc_attr( $field['name'] ),
		esc_attr( $settings[ $field['name'] ] ),
		esc_attr( $field['placeholder'] )
	);
}
