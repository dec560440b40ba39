/** Law 2: the engine never names a module; it asks for a property. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { moduleNames } from '../../tools/generate-registries.ts';
import { isGenerated, isTest, repository, type SourceFile, sourceOf } from './source.ts';

function named(files: readonly SourceFile[], names: readonly string[]): string[] {
  const one = names.join('|');
  const literal = new RegExp(`['"\`](?:inlay[.-])?(?:${one})(?:[._/][^'"\`]*)?['"\`]`, 'g');
  const property = new RegExp(`\\b(?:modules|sources|registry)(?:\\.|\\?\\.)(?:${one})\\b`, 'g');
  // Kinds of widgets are words of the language, and one of them is a module's name too.
  const kind = /\bkind(?::| [!=]==) '\w+'|\bgenericKinds = \[[^\]]*\]/g;
  const found: string[] = [];
  for (const file of files) {
    if (!/^(?:edge|schemas)\//.test(file.path) || file.path.startsWith('edge/demo/')) continue;
    if (isTest(file) || isGenerated(file)) continue;
    for (const pattern of [literal, property]) {
      for (const [text] of file.code.replace(kind, '').matchAll(pattern))
        found.push(`${file.path} names a module: ${text}`);
    }
  }
  return found;
}

it('the engine and the language name no module', () => {
  const names = moduleNames();
  assert.ok(names.length > 0, 'there is no module');
  assert.ok(repository().some(({ path }) => path.startsWith('edge/engine/')));
  assert.deepEqual(named(repository(), names), []);
});

it('the law sees what breaks it', () => {
  const names = ['booking', 'party'];
  const bad = [
    "if (name === 'booking') run();",
    'switch (id) { case "inlay.party": break; }',
    'const table = `booking_service`;',
    "load('party.contact')",
    'modules.booking.manifest()',
  ];
  for (const text of bad) assert.equal(named([sourceOf('edge/engine/a.ts', text)], names).length, 1, text);
  for (const text of ["'bookings'", "'a booking'", '// booking', "'x booking'", "kind === 'booking'"]) {
    assert.deepEqual(named([sourceOf('edge/engine/a.ts', text)], names), [], text);
  }
});
