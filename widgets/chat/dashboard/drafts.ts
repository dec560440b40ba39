/** What is being written, by conversation; it outlives the screen, not the page. */

export interface Draft {
  readonly text: string;
  readonly note: boolean;
}

const drafts = new Map<string, Draft>();

export const draftOf = (id: string): Draft => drafts.get(id) ?? { text: '', note: false };

export const setDraft = (id: string, draft: Draft): void => {
  if (draft.text || draft.note) drafts.set(id, draft);
  else drafts.delete(id);
};
