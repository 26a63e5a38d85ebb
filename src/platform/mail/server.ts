/** How a connection is kept secret. `none` is for a server on the same machine. */
export const securities = ['tls', 'starttls', 'none'] as const;
export type Security = (typeof securities)[number];

/** Where a server of mail is and how to come in. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly login?: { readonly user: string; readonly password: string };
};

/**
 * Why a mailbox cannot be read or an answer not be sent: nobody answers, the login is refused, the folder is not there, or
 * something else. Carries no text of the server, which may quote people.
 */
export type MailFailure = 'unreachable' | 'refused' | 'no-folder' | 'failed';

export class MailError extends Error {
  override readonly name = 'MailError';
  readonly failure: MailFailure;
  constructor(failure: MailFailure, options?: { readonly cause: unknown }) {
    super(`The mail server cannot be used: ${failure}.`, options);
    this.failure = failure;
  }
}

export const patience = { connect: 15_000, greeting: 10_000, silence: 60_000 } as const;
