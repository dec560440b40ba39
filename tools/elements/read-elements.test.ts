import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ElementDeclaration, elementsOf, lacksOf, readElements } from './read-elements.ts';

const manifest = readElements();
const element = (tag: string) => elementsOf(manifest).find(({ tagName }) => tagName === tag)!;
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

it('elements tell what a page may set and hear, inherited members too, and nothing of their insides', () => {
  const dialog = element('inlaykit-dialog');
  assert.deepEqual(names(dialog.attributes).sort(), ['label', 'open', 'shut', 'small']);
  assert.deepEqual(
    dialog.events.map(({ name, type }) => [name, type?.text]),
    [['close', 'Event']],
  );
  assert.deepEqual(names(dialog.slots).sort(), ['', 'actions']);
  const booking = element('inlay-booking');
  assert.ok(names(booking.attributes).includes('theme') && names(booking.events).includes('inlay:ready'));
  assert.ok(!names(booking.attributes).includes('context') && !names(booking.members).includes('opening'));
  assert.deepEqual(names(booking.cssProperties), ['--inlay-accent', '--inlay-radius', '--inlay-font', '--inlay-z']);
  assert.ok(['frame', 'title', 'launcher', 'dialog'].every(part => names(booking.cssParts).includes(part)));
  assert.ok(names(element('inlaykit-phone').cssParts).includes('field'));
  assert.ok(elementsOf(manifest).every(({ members }) => members.every(({ name }) => !name.startsWith('#'))));
});

it('every element is told of, and the gate sees one that is not', () => {
  assert.deepEqual(lacksOf(manifest), []);
  const bad = { ...element('inlaykit-menu'), description: '', events: [{ name: 'select' }] } as ElementDeclaration;
  const modules = [{ kind: 'javascript-module' as const, path: 'x.ts', declarations: [bad] }];
  assert.equal(lacksOf({ schemaVersion: '1.0.0', modules }).length, 2);
});
