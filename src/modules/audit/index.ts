export {
  type AccessLogEntry,
  type AuditEntry,
  type AuditLook,
  accessLog,
  exportMade,
  type LookKind,
  lookKinds,
  looksAt,
  looksOfOthers,
  recordAudit,
} from './record-audit.ts';
export { sealAudit } from './seal-audit.ts';
export { type AuditVerdict, verifyAudit } from './verify-audit.ts';
