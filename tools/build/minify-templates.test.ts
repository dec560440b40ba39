// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are sources of templates.
/** White space goes where it is layout of the source, and stays where it is content. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { minifyLiterals } from './minify-templates.ts';

const small = (code: string) => minifyLiterals(code, 'x.ts');

it('makes html small, also in nested templates', () => {
  assert.equal(
    small('html`\n  <p\n    class=${a}\n    id="b"\n  >\n    ${list.map(c => html`\n  <b>${c}</b>\n`)}\n  </p>\n`'),
    'html`<p class=${a} id="b">${list.map(c => html`<b>${c}</b>`)}</p>`',
  );
});

it('keeps spaces between words and around inline tags of one line', () => {
  assert.equal(small('html`<b>one</b> <small>two\n three</small>`'), 'html`<b>one</b> <small>two three</small>`');
});

it('makes css small and leaves calc alone', () => {
  assert.equal(
    small("css`a + b {\n  width: calc(1px + 0.5em) !important; /* why */\n}\n[a='b'] { margin: -0.5em; }`"),
    'css`a+b{width:calc(1px + .5em)!important}[a=b]{margin:-.5em}`',
  );
});

it('keeps the spaces of a sum beside nested functions', () => {
  assert.equal(
    small('css`a { top: calc(var(--a) * 2 + var(--b) + 1px); } a + b ~ c { left: 0; }`'),
    'css`a{top:calc(var(--a) * 2 + var(--b) + 1px)}a+b~c{left:0}`',
  );
});

it('touches nothing else', () => {
  assert.equal(small('const a = `\n  <p>\n`; svg`\n <g>`'), 'const a = `\n  <p>\n`; svg`\n <g>`');
});

it('refuses holes that only Lit itself has', () => {
  for (const code of [
    'html`<${tag}></p>`',
    'html`<textarea>${text}</textarea>`',
    'html`<style>${a}</style>`',
    'html`<!-- ${a} -->`',
  ])
    assert.throws(() => small(code), /not for widgets/, code);
});
