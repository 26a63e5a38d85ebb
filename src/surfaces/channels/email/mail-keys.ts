import { hmac, type Secret, sha256 } from '../../../platform/crypto/index.ts';

/** What a Message-ID is found by: ids are the sender's words and may be as long as they like. */
export const idHash = (messageId: string): Buffer => sha256(`message-id ${messageId}`);

/** An address as a keyed hash: what one sender wrote is found, and no list of addresses is kept. */
export const senderKey = (codes: Secret, address: string): Buffer => hmac(codes, `sender ${address}`);

/** The Message-ID of what tells of a letter. */
export const letterId = (noticeId: string, address: string): string =>
  `brief.${noticeId}@${address.slice(address.lastIndexOf('@') + 1)}`;

/** The Message-ID of what reminds of an appointment. */
export const reminderId = (id: string, address: string): string =>
  `erinnerung.${id}@${address.slice(address.lastIndexOf('@') + 1)}`;

/** The Message-ID of our answer to a message: made from its row, so that there is one for each. */
export const answerId = (mailId: string, address: string): string =>
  `eingang.${mailId}@${address.slice(address.lastIndexOf('@') + 1)}`;
