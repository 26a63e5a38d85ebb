export { type CutText, cutReply, isForwarded } from './cut-reply.ts';
export { type Machine, normalAddress, type Sender } from './headers.ts';
export { type MailPart, type MailTrouble, mailLimits, type ParsedMail, parseMail } from './parse-mail.ts';
export { type OpenMailbox, openMailbox, type WaitingMail } from './read-mailbox.ts';
export { type OutgoingMail, type Sent, sendAnswer, tryRelay } from './send-mail.ts';
export { MailError, type MailFailure, type MailServer, type Security, securities } from './server.ts';
