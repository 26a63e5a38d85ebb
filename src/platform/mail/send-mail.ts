import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { MailError, type MailServer, patience } from './server.ts';

export type OutgoingMail = {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  /** Ids of the mails it answers, the nearest last. */
  readonly answers: readonly string[];
  /** Written in the mail's own language. */
  readonly language: string;
};

/**
 * What sending came to. `later`: the server did not take it, it may be tried again. `never`: the server refuses it for good.
 * `unsure`: the line broke when the server may have had everything.
 */
export type Sent = 'sent' | 'later' | 'never' | 'unsure';

/**
 * Sends an automatic answer (RFC 3834): marked as such, without an envelope sender, so that nothing comes back and no two
 * programs write to each other.
 */
export async function sendAnswer(server: MailServer, mail: OutgoingMail): Promise<Sent> {
  const transport = transportTo(server);
  const thread = mail.answers.map((id) => `<${id}>`);
  const text = readOnce(mail.text);
  try {
    await transport.sendMail({
      envelope: { from: '', to: [mail.to] },
      from: mail.from,
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: text.stream,
      textEncoding: 'quoted-printable',
      messageId: `<${mail.messageId}>`,
      ...(thread.length === 0 ? {} : { inReplyTo: thread.at(-1) ?? '', references: thread }),
      headers: {
        'Auto-Submitted': 'auto-replied',
        'X-Auto-Response-Suppress': 'All',
        'Content-Language': mail.language,
        Precedence: 'bulk',
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return 'sent';
  } catch (error) {
    return outcomeOf(error, text.begun());
  } finally {
    transport.close();
  }
}

const transportTo = (server: MailServer) =>
  createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(server.login === undefined ? {} : { auth: { user: server.login.user, pass: server.login.password } }),
    connectionTimeout: patience.connect,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** A text that tells whether anybody began to read it: the relay is only given it when it has said that it takes the mail. */
function readOnce(text: string): { readonly stream: Readable; readonly begun: () => boolean } {
  let begun = false;
  const parts = function* () {
    begun = true;
    yield Buffer.from(text);
  };
  return { stream: Readable.from(parts()), begun: () => begun };
}

function outcomeOf(error: unknown, begun: boolean): Sent {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  if (responseCode !== undefined && responseCode >= 400) {
    if (code === 'EAUTH') return 'later';
    return responseCode >= 500 ? 'never' : 'later';
  }
  return begun ? 'unsure' : 'later';
}

/** Asks a relay whether it would take mail; throws MailError. */
export async function tryRelay(server: MailServer): Promise<void> {
  const transport = transportTo(server);
  try {
    await transport.verify();
  } catch (error) {
    const { code } = error as { code?: string };
    throw new MailError(code === 'EAUTH' ? 'refused' : 'unreachable', { cause: error });
  } finally {
    transport.close();
  }
}
