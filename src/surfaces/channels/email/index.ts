export { AnswerDelayed, type AnswerServices, answerMail, giveUp } from './answer.ts';
export { type MailboxReading, readMailbox } from './read-mailbox.ts';
export { remindOfAppointments } from './remind-of-appointments.ts';
export { type FoundMail, type MailServices, takeMail } from './take-mail.ts';
export { TellingDelayed, tellOfLetter } from './tell-of-letter.ts';
