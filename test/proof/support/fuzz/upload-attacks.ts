import { Buffer } from 'node:buffer';
import { type Attack, own, type Target } from './attack.ts';
import { pickFile } from './hostile-files.ts';
import { hostileJson, hostileJsonText, hostileNames, hostileTexts } from './hostile-text.ts';
import type { Random } from './random.ts';

const boundary = 'xXfuzzXx';
const multipart = (
  body: Buffer | string,
  token: string,
  key: string,
  extra: Record<string, string> = {},
): Pick<Attack, 'headers' | 'body'> => ({
  headers: {
    Authorization: `Bearer ${token}`,
    'Idempotency-Key': key,
    'Content-Type': `multipart/form-data; boundary=${boundary}`,
    ...extra,
  },
  body,
});

function part(name: string, content: Buffer | string, extra = '', type = ''): Buffer {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n${type}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]);
}
const ending = Buffer.from(`--${boundary}--\r\n`);

const good = {
  concern: 'unterlagen',
  channel: 'post',
  person: { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' },
  answers: { note: 'x' },
};

/** A submission with some values replaced by hostile ones. */
function bentSubmission(random: Random): string {
  const copy = structuredClone(good) as Record<string, unknown>;
  const roll = random.int(6);
  if (roll === 0) copy[random.pick(Object.keys(copy))] = hostileJson(random);
  else if (roll === 1)
    copy['person'] = {
      ...good.person,
      [random.pick(['familyName', 'givenName', 'birthDate', 'fileNumber', 'x'])]: hostileJson(random),
    };
  else if (roll === 2)
    copy['answers'] = { note: hostileJson(random), [random.pick(hostileTexts)]: hostileJson(random) };
  else if (roll === 3)
    copy['receivedAt'] = random.pick([
      ...hostileTexts,
      '0001-01-01T00:00:00Z',
      '2026-01-01T00:00:00+14:00',
      '-000001-01-01T00:00:00Z',
    ]);
  else if (roll === 4)
    copy['concern'] = random.pick(['erstantrag', 'hauptantrag', 'weiterbewilligung', 'krankmeldung', ...hostileTexts]);
  else return hostileJsonText(random);
  return JSON.stringify(copy);
}

const key = (random: Random): string => random.bytes(9).toString('hex');

export function hostileDocument(random: Random, target: Target): Attack {
  const count = 1 + (random.next() < 0.2 ? random.int(3) : 0);
  const files = Array.from({ length: count }, () => pickFile(target.files, random));
  const parts = files.map((file) =>
    part(
      'document',
      file.bytes,
      `; filename="${random.next() < 0.3 ? random.pick(hostileNames) : 'a.pdf'}"`,
      'Content-Type: application/pdf\r\n',
    ),
  );
  return {
    label: `document ${files.map((f) => f.kind).join('+')}`,
    method: 'POST',
    path: '/api/v1/submissions',
    ...multipart(Buffer.concat([part('submission', JSON.stringify(good)), ...parts, ending]), own(target), key(random)),
  };
}

export function hostileSubmission(random: Random, target: Target): Attack {
  return {
    label: 'submission',
    method: 'POST',
    path: '/api/v1/submissions',
    ...multipart(Buffer.concat([part('submission', bentSubmission(random)), ending]), own(target), key(random)),
  };
}

export function brokenMultipart(random: Random, target: Target): Attack {
  const whole = Buffer.concat([
    part('submission', JSON.stringify(good)),
    part('document', pickFile(target.files.slice(0, 5), random).bytes, '; filename="a.jpg"'),
    ending,
  ]);
  const text = (): string => whole.toString('latin1');
  const bend: (() => Buffer | string)[] = [
    () => whole.subarray(0, random.int(whole.length)),
    () => flipped(whole, random),
    () => Buffer.from(text().replaceAll('\r\n', '\n'), 'latin1'),
    () => Buffer.from(text().replaceAll(boundary, `${boundary}x`), 'latin1'),
    () => Buffer.concat([whole, whole]),
    () =>
      Buffer.from(
        text().replace('form-data', random.pick(['attachment', 'FORM-DATA', 'form-data; name="submission"', ''])),
        'latin1',
      ),
    () =>
      Buffer.from(
        text().replace(
          'name="submission"',
          random.pick([
            'name=',
            'name="',
            "name='submission'",
            `name="${'n'.repeat(3_000)}"`,
            "name*=UTF-8''submission",
          ]),
        ),
        'latin1',
      ),
    () => Buffer.concat(Array.from({ length: 2_000 }, () => part('x', ''))),
    () => Buffer.concat([...Array.from({ length: 300 }, (_, i) => part('document', 'x', `; filename="${i}"`)), ending]),
    () => part('submission', 'x'.repeat(2_000_000)),
    () => '',
    () => random.bytes(random.int(5_000)),
  ];
  const types = [
    `multipart/form-data; boundary=${boundary}`,
    'multipart/form-data',
    'multipart/form-data; boundary=""',
    'multipart/form-data; boundary=--',
    'multipart/mixed; boundary=x',
    'application/json',
    'text/plain',
    `multipart/form-data; boundary=${'b'.repeat(400)}`,
  ];
  const type = random.next() < 0.8 ? types[0] : random.pick(types);
  return {
    label: 'multipart',
    method: 'POST',
    path: '/api/v1/submissions',
    ...multipart(random.pick(bend)(), own(target), key(random), { 'Content-Type': type ?? '' }),
  };
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < 1 + random.int(20); i += 1) copy[random.int(copy.length)] = random.int(256);
  return copy;
}

export function aborted(random: Random, target: Target): Attack {
  const whole = Buffer.concat([
    part('submission', JSON.stringify(good)),
    part('document', random.bytes(50_000), '; filename="a.jpg"'),
    ending,
  ]);
  const sent = multipart(whole, own(target), key(random), {
    'Content-Length': String(random.next() < 0.5 ? whole.length : 20_000_000),
  });
  return {
    label: 'aborted',
    method: 'POST',
    path: '/api/v1/submissions',
    ...sent,
    breakOff: { after: random.int(whole.length - 100), ms: 20 + random.int(400) },
  };
}
