<?php
/**
 * Plugin Name: Inlay
 * Description: Booking, chat, a shop and other Inlay widgets on any page, by a block or a shortcode.
 * Version: 0.1.0
 * Requires at least: 6.3
 * Requires PHP: 7.4
 * Author: The Inlay authors
 * License: MIT
 * License URI: https://opensource.org/license/mit
 * Text Domain: inlay
 * Domain Path: /languages
 *
 * The MIT licence is compatible with the GNU General Public License that WordPress is under.
 *
 * @package Inlay
 */

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/includes/settings.php';
require_once __DIR__ . '/includes/embed.php';

add_action( 'admin_init', 'inlay_register_settings' );
add_action( 'admin_menu', 'inlay_add_settings_page' );
add_action( 'init', 'inlay_register_block' );
add_action( 'enqueue_block_editor_assets', 'inlay_editor_data' );
add_filter( 'plugin_action_links_' . plugin_basename( __FILE__ ), 'inlay_action_links' );
add_shortcode( 'inlay', 'inlay_shortcode' );
