<?php
/**
 * As much of WordPress as the plugin in integrations/wordpress calls, each function doing what the handbook says of it. What a test asks
 * about is kept in $wp.
 */

define( 'ABSPATH', '/wordpress/' );
define( 'WP_PLUGIN_DIR', '/wordpress/wp-content/plugins' );

$wp = array( 'options' => array(), 'can' => array(), 'actions' => array(), 'shortcodes' => array(), 'blocks' => array(), 'scripts' => array(), 'inline' => array(), 'errors' => array(), 'settings' => array(), 'filters' => array(), 'domains' => array(), 'fields' => array(), 'pages' => array() );

function add_action( $hook, $callback ) {
	$GLOBALS['wp']['actions'][ $hook ][] = $callback;
}

function do_action( $hook ) {
	foreach ( $GLOBALS['wp']['actions'][ $hook ] ?? array() as $callback ) {
		$callback();
	}
}

function add_filter( $hook, $callback ) {
	$GLOBALS['wp']['filters'][ $hook ][] = $callback;
}

function apply_filters( $hook, $value ) {
	foreach ( $GLOBALS['wp']['filters'][ $hook ] ?? array() as $callback ) {
		$value = $callback( $value );
	}
	return $value;
}

function plugin_basename( $file ) {
	return preg_replace( '#^.*/plugins/#', '', $file );
}

function current_user_can( $capability ) {
	return in_array( $capability, $GLOBALS['wp']['can'], true );
}

// Texts and their escaping. Translations are in $wp, by text.

function __( $text, $domain ) {
	return 'inlay' === $domain ? $GLOBALS['wp']['translations'][ $text ] ?? $text : $text;
}

function load_plugin_textdomain( $domain, $deprecated, $folder ) {
	$GLOBALS['wp']['domains'][ $domain ] = WP_PLUGIN_DIR . '/' . $folder;
}

function wp_set_script_translations( $handle, $domain, $folder ) {
	$GLOBALS['wp']['domains'][ $handle ] = $folder;
}

function esc_html( $text ) {
	// An entity that is there already stays one.
	return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8', false );
}

function esc_html__( $text, $domain ) {
	return esc_html( __( $text, $domain ) );
}

function esc_attr( $text ) {
	return esc_html( $text );
}

function esc_url_raw( $url ) {
	$url = preg_replace( '|[^a-z0-9-~+_.?#=!&;,/:%@$\|*\'()\[\]\\x80-\\xff]|i', '', ltrim( $url ) );
	return preg_match( '#^(?:https?:|[/?\#])#i', $url ) || false === strpos( $url, ':' ) ? $url : '';
}

function esc_url( $url ) {
	return str_replace( array( '&', "'" ), array( '&#038;', '&#039;' ), esc_url_raw( $url ) );
}

function tag_escape( $name ) {
	return strtolower( preg_replace( '/[^a-zA-Z0-9-_:]/', '', $name ) );
}

function sanitize_text_field( $text ) {
	if ( is_object( $text ) || is_array( $text ) ) {
		return '';
	}
	$text = preg_replace( '/[\r\n\t ]+/', ' ', strip_tags( preg_replace( '@<(script|style)[^>]*?>.*?</\1>@si', '', (string) $text ) ) );
	return trim( preg_replace( '/%[a-f0-9]{2}/i', '', $text ) );
}

function wp_json_encode( $value, $flags = 0 ) {
	return json_encode( $value, $flags );
}

function wp_parse_url( $url ) {
	return parse_url( $url );
}

function wp_parse_args( $given, $else ) {
	return array_merge( $else, $given );
}

// Options and their screen.

function get_option( $name, $else = false ) {
	return $GLOBALS['wp']['options'][ $name ] ?? $else;
}

function delete_option( $name ) {
	unset( $GLOBALS['wp']['options'][ $name ] );
}

/** A network of sites where `$wp['network']` has options by the number of the site. */
function is_multisite() {
	return isset( $GLOBALS['wp']['network'] );
}

function get_sites( $query ) {
	$ids = array_keys( $GLOBALS['wp']['network'] );
	return 0 === $query['number'] ? $ids : array_slice( $ids, 0, 1 );
}

function delete_blog_option( $site, $name ) {
	unset( $GLOBALS['wp']['network'][ $site ][ $name ] );
}

/** What the form of the settings' screen does with what has been sent. */
function save_option( $name, $value ) {
	$GLOBALS['wp']['options'][ $name ] = ( $GLOBALS['wp']['settings'][ $name ]['sanitize_callback'] )( $value );
}

function register_setting( $group, $name, $rules ) {
	$GLOBALS['wp']['settings'][ $name ] = $rules;
}

function add_settings_section( $id, $title, $callback, $page ) {}

function add_settings_field( $id, $title, $callback, $page, $section, $args ) {
	$GLOBALS['wp']['fields'][ $page ][] = array( $title, $callback, $args );
}

function add_settings_error( $setting, $code, $message ) {
	$GLOBALS['wp']['errors'][] = $code;
}

function add_options_page( $title, $menu, $capability, $slug, $callback ) {
	$GLOBALS['wp']['pages'][ $slug ] = array( 'can' => $capability, 'show' => $callback );
}

function settings_fields( $group ) {
	echo '<input type="hidden" name="option_page" value="' . esc_attr( $group ) . '">';
}

function do_settings_sections( $page ) {
	foreach ( $GLOBALS['wp']['fields'][ $page ] as list( $title, $callback, $args ) ) {
		echo '<label for="' . esc_attr( $args['label_for'] ) . '">' . $title . '</label>';
		$callback( $args );
	}
}

function submit_button() {
	echo '<input type="submit">';
}

function admin_url( $path ) {
	return 'https://wordpress.example/wp-admin/' . $path;
}

// What a page is made of.

function add_shortcode( $name, $callback ) {
	$GLOBALS['wp']['shortcodes'][ $name ] = $callback;
}

/** Values within quotes alone; a shortcode without any hands over an empty string. */
function do_shortcode( $content ) {
	return preg_replace_callback(
		'/\[(' . implode( '|', array_keys( $GLOBALS['wp']['shortcodes'] ) ) . ')(?![\w-])([^\]]*)\]/',
		function ( $found ) {
			preg_match_all( '/([\w-]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')/', $found[2], $pairs, PREG_SET_ORDER );
			$given = array();
			foreach ( $pairs as $pair ) {
				$given[ strtolower( $pair[1] ) ] = $pair[3] ?? $pair[2];
			}
			return $GLOBALS['wp']['shortcodes'][ $found[1] ]( $given ? $given : '', null, $found[1] );
		},
		$content
	);
}

function register_block_type( $folder, $args ) {
	$block = json_decode( file_get_contents( $folder . '/block.json' ), true );
	$GLOBALS['wp']['blocks'][ $block['name'] ] = array_merge( $block, $args );
}

/** A block as a visitor gets it: what is not of its attribute's type is as if it had not been given. */
function render_block( $name, $given ) {
	$block = $GLOBALS['wp']['blocks'][ $name ];
	$types = array( 'string' => 'is_string', 'number' => 'is_numeric' );
	$ready = array();
	foreach ( $block['attributes'] as $attribute => $rule ) {
		$right              = isset( $given[ $attribute ] ) && $types[ $rule['type'] ]( $given[ $attribute ] );
		$ready[ $attribute ] = $right ? $given[ $attribute ] : $rule['default'];
	}
	$GLOBALS['wp']['current'] = $name;
	return $block['render_callback']( $ready );
}

function get_block_wrapper_attributes() {
	return 'class="wp-block-' . str_replace( '/', '-', $GLOBALS['wp']['current'] ) . '"';
}

function wp_enqueue_script( $handle, $src, $needs, $version, $args ) {
	$GLOBALS['wp']['scripts'][ $handle ] = array( 'src' => $src, 'strategy' => $args['strategy'] );
}

function wp_add_inline_script( $handle, $code, $position ) {
	$GLOBALS['wp']['inline'][ $handle ] = $code;
}

/** The elements of all scripts that have been asked for. */
function print_scripts() {
	$elements = '';
	foreach ( $GLOBALS['wp']['scripts'] as $handle => $script ) {
		$elements .= sprintf( '<script src="%1$s" id="%2$s-js" %3$s data-wp-strategy="%3$s"></script>', esc_url( $script['src'] ), $handle, $script['strategy'] );
	}
	return $elements;
}

require '/wordpress/wp-content/plugins/inlay/inlay.php';
do_action( 'init' );
do_action( 'admin_init' );
do_action( 'admin_menu' );
