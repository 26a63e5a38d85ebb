import { Button, formatBytes } from '../../ui/index.ts';
import type { DraftFile } from './open-draft.ts';
import type { Words } from './visit.ts';

/** Files that have arrived, each with its facts and a button that takes it out again. */
export const FileList = ({ visit, files }: { visit: Words; files: readonly DraftFile[] }) => {
  const { t, language } = visit;
  if (files.length === 0) return null;
  return (
    <div class="td-flow">
      <p>
        <strong>{t('portal:file.arrived', { count: files.length })}</strong>
      </p>
      <ul class="td-uploads">
        {files.map((file) => (
          <li class="td-upload">
            <span class="td-upload__name">{file.name}</span>
            <span class="td-muted">
              {t('portal:file.pages', { count: file.pages })}, {formatBytes(file.bytes, language, t)}
            </span>
            <Button variant="secondary" small name="aktion" value={`entfernen ${file.id}`}>
              {t('portal:file.remove')}
              <span class="kern-sr-only"> {file.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
};
