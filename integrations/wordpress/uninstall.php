<?php
/**
 * Takes the plugin's one option away with it, on every site of a network.
 *
 * @package Inlay
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $inlay_site ) {
		delete_blog_option( $inlay_site, 'inlay' );
	}
} else {
	delete_option( 'inlay' );
}
