import { isId } from '../../kernel/ids.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import {
  type ApiScope,
  apiScopes,
  type IssuedToken,
  issueApiToken,
  issuedTokens,
  revokeApiToken,
} from '../../modules/identity/index.ts';
import { OperatorError } from '../child.ts';
import { type Command, jobcenter, UsageError } from './command.ts';
import { jobcenterOf, operator, realJobcenterOf, withServices } from './connect.ts';

const isScope = (text: string): text is ApiScope => (apiScopes as readonly string[]).includes(text);

export const tokenCreate: Command = {
  name: 'token create',
  summary: 'Makes a token for a program that uses the API; prints it once.',
  options: {
    jobcenter,
    name: { value: 'name', required: true, help: 'What the program is called; the audit log shows it.' },
    scope: { value: 'scope', required: true, multiple: true, help: `What it may do: ${apiScopes.join(', ')}.` },
    expires: { value: 'YYYY-MM-DD', help: 'First day on which it no longer works.' },
  },
  run: async (values) => {
    const scopes = values.many('scope').map((scope) => {
      if (!isScope(scope)) throw new UsageError(`--scope must be one of ${apiScopes.join(', ')}; found: "${scope}".`);
      return scope;
    });
    const expires = values.maybe('expires');
    if (expires !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(expires) || Number.isNaN(Date.parse(expires))))
      throw new UsageError(`--expires must be a day such as 2027-12-31; found: "${expires}".`);
    const token = await withServices(async (services) => {
      const { id } = await realJobcenterOf(services, values.one('jobcenter'));
      return services.database.tenant(id, async (tx) => {
        const text = await issueApiToken(tx, {
          name: values.one('name'),
          scopes,
          ...(expires === undefined ? {} : { expiresAt: new Date(expires) }),
        });
        await recordAudit(tx, operator, {
          action: 'token.created',
          subjectType: 'api-token',
          subjectId: values.one('name'),
          detail: { scopes },
        });
        return text;
      });
    });
    console.log(token);
    return 0;
  },
};

export const tokenList: Command = {
  name: 'token list',
  summary: 'Names all tokens of a Jobcenter: id, name, scopes, state. Their text is not kept.',
  options: { jobcenter, json: { help: 'Prints the result as one line of JSON.' } },
  run: async (values) => {
    const tokens = await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      return services.database.tenant(id, issuedTokens);
    });
    const state = ({ revokedAt, expiresAt }: IssuedToken): string =>
      revokedAt !== null
        ? `revoked ${revokedAt.toISOString()}`
        : expiresAt === null
          ? 'valid'
          : `valid until ${expiresAt.toISOString()}`;
    const line = (token: IssuedToken): string =>
      [token.id, token.name, token.scopes.join(' '), state(token)].join('\t');
    console.log(values.on('json') ? JSON.stringify(tokens) : tokens.map(line).join('\n'));
    return 0;
  },
};

export const tokenRevoke: Command = {
  name: 'token revoke',
  summary: 'Takes a token out of use at once.',
  options: { jobcenter, id: { value: 'id', required: true, help: 'Id of the token, as "token list" shows it.' } },
  run: async (values) => {
    const tokenId = values.one('id');
    await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      await services.database.tenant(id, async (tx) => {
        if (!isId(tokenId) || !(await revokeApiToken(tx, tokenId)))
          throw new OperatorError(`There is no token in use with the id "${tokenId}"; "tandem token list" names all.`);
        await recordAudit(tx, operator, { action: 'token.revoked', subjectType: 'api-token', subjectId: tokenId });
      });
    });
    console.log('The token no longer works.');
    return 0;
  },
};
