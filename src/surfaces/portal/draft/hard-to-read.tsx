import { Alert } from '../../../ui/index.ts';
import type { Visit } from '../visit.ts';

/** Before sending: which photos could hardly be read, and how a better one is made. Nobody is kept from sending. */
export const HardToRead = ({ visit, files }: { visit: Visit; files: readonly { readonly name: string }[] }) => {
  const { t } = visit;
  if (files.length === 0) return null;
  return (
    <Alert tone="warning" title={t('twice:hazy.title')}>
      {files.map(({ name }) => (
        <p>{t('twice:hazy.file', { name })}</p>
      ))}
      <p>{t('twice:hazy.help')}</p>
      <p>{t('twice:hazy.choice')}</p>
    </Alert>
  );
};
