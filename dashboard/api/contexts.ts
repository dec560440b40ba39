/** What the shell hands down to every screen. */
import { createContext } from '@lit/context';
import type { Client, Installation, Session } from '../../schemas/protocol/index.ts';
import type { Api } from './api.ts';
import type { ManifestJson } from './manifest-reader.ts';

/** The client at hand, with the manifests of its modules and of the modules that those require, by name. */
export interface ClientSpace {
  readonly client: Client;
  readonly installations: readonly Installation[];
  readonly manifests: ReadonlyMap<string, ManifestJson>;
  /** Names of the modules that were installed by choice: those to show. */
  readonly shown: readonly string[];
}

export interface Toast {
  readonly text: string;
  readonly tone?: 'plain' | 'error';
  readonly undo?: () => void;
}

export interface Toasts {
  show(toast: Toast): void;
}

export interface Question {
  readonly title: string;
  readonly body?: string;
  readonly confirm: string;
  readonly danger?: boolean;
  /** Asks why, too. */
  readonly reason?: 'optional' | 'required';
}

/** A yes. */
export interface Answer {
  readonly reason?: string;
}

export interface Desk {
  navigate(path: string, options?: { readonly replace?: boolean }): void;
  /** Asks in a dialog; null when dismissed. */
  ask(question: Question): Promise<Answer | null>;
  /** While set and true, leaving the screen asks first. */
  guard(unsaved: (() => boolean) | null): void;
  signedIn(session: Session): void;
  signOut(): void;
  title(text: string): void;
}

/** Dashboard halves of modules, by module name; each gives its screen elements by tag. */
export type ScreenRegistry = Readonly<
  Record<string, () => Promise<{ readonly elements: Readonly<Record<string, CustomElementConstructor>> }>>
>;

export const apiContext = createContext<Api>(Symbol('api'));
export const sessionContext = createContext<Session | null>(Symbol('session'));
export const clientContext = createContext<ClientSpace | null>(Symbol('client'));
export const toastsContext = createContext<Toasts>(Symbol('toasts'));
export const deskContext = createContext<Desk>(Symbol('desk'));
export const registryContext = createContext<ScreenRegistry>(Symbol('registry'));
