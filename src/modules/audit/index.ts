export { type AccessLogEntry, type AuditEntry, accessLog, recordAudit } from './record-audit.ts';
export { sealAudit } from './seal-audit.ts';
export { type AuditVerdict, verifyAudit } from './verify-audit.ts';
