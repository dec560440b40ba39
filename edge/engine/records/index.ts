/** The REST verbs over an entity. */
export { bulkRecords } from './bulk.ts';
export { getRecord, listRecords, queryRecords } from './read.ts';
export { restoreRecord } from './restore.ts';
export { type RecordReply, revisionOf, type Target } from './target.ts';
export { createRecord, deleteRecord, transitionRecord, updateRecord } from './write.ts';
