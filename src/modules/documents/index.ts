export {
  type Document,
  documentsByIds,
  documentsWithBytes,
  eraseDocument,
  findDocument,
  insertDocuments,
  keysOf,
  markUnreadable,
} from './store.ts';
export { documentsAfter, livingDocuments, type StoredDocument } from './sweep-documents.ts';
export { cleanName, type DocumentVault, openDocumentVault, type PreparedDocument } from './vault.ts';
