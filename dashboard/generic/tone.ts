/** A state's tone by its word; the shape of the dot differs with the tone, so colour is never alone. */
const tones: readonly [RegExp, string][] = [
  [/^(confirmed|active|paid|approved|published|done|completed|won|accepted|firm|ready|delivered)$/i, 'tone-ok full'],
  [/^(pending|held|draft|waiting|review|requested|partial|new|scheduled)$/i, 'tone-warn half'],
  [/^(doing|started|running|inProgress|working)$/i, 'tone-accent half'],
  [/^(noShow|failed|rejected|overdue|error|lost|blocked|refused)$/i, 'tone-danger full'],
];

export const toneOf = (state: string): string => tones.find(([words]) => words.test(state))?.[1] ?? '';
