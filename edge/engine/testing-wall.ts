/** A wall that visitors write on, with actions that ask for a proof, for tests of it. */
import { entity, f, implement } from '../../schemas/module/index.ts';
import { testModule } from './testing-module.ts';

export const wall = testModule({
  id: 'inlay.wall',
  entities: { note: entity({ label: 'Note', fields: { text: f.text() }, access: { admin: { read: true } } }) },
  errors: { TAKEN: { status: 409, title: 'Somebody wrote that' } },
  actions: {
    write: {
      input: { text: f.text() },
      output: { id: f.text() },
      access: ['public', 'staff'],
      effect: 'write',
      system: true,
      captcha: true,
    },
    scribble: {
      input: { text: f.text() },
      output: { id: f.text() },
      access: ['public'],
      effect: 'write',
      system: true,
      captcha: 'auto',
    },
    look: { input: {}, output: { notes: f.int() }, access: ['public'], effect: 'read', system: true },
  },
  widgets: {
    wall: { tag: 'inlay-wall', label: 'Wall', surfaces: ['site'], height: 100, actions: ['write', 'scribble', 'look'] },
  },
});

export const wallCode = implement(wall, {
  actions: {
    async write({ text }, ctx) {
      const { note } = ctx.asSystem();
      if (await note.first({ text: { eq: text } })) ctx.fail('TAKEN');
      return { id: note.create({ text }).id };
    },
    scribble: ({ text }, ctx) => ({ id: ctx.asSystem().note.create({ text }).id }),
    look: async (_input, ctx) => ({ notes: (await ctx.asSystem().note.list({ limit: 100 })).length }),
  },
});
