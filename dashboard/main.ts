/** Starts the desk. */
import { screens } from '../widgets/registry.generated.ts';
import { define } from './shell/define.ts';
import { applyScheme } from './shell/scheme.ts';
import { Shell } from './shell/shell.ts';
import { adoptTokens } from './styles/tokens.ts';

applyScheme();
adoptTokens();
Shell.registry = screens;
define('desk-shell', Shell);
