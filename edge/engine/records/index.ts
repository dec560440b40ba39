/** The REST verbs over an entity. */
export { bulkRecords } from './bulk.ts';
export { readChildren } from './children.ts';
export { getRecord, type ListedPage, listRecords, queryRecords, readPage } from './read.ts';
export { restoreRecord } from './restore.ts';
export { type RecordReply, revisionOf, type Target } from './target.ts';
export { createRecord, deleteRecord, transitionRecord, updateRecord } from './write.ts';
