<?php
/**
 * Takes the plugin's one option away with it.
 *
 * @package Inlay
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'inlay' );
