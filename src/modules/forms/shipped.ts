import { globSync, readFileSync } from 'node:fs';
import { projectPath } from '../../platform/env/project.ts';
import { type ConcernGroup, concernGroups, type FormDefinition, formDefinition } from './definition.ts';

const folder = (): string => projectPath('src/assets/concerns');
const read = (file: string): unknown => JSON.parse(readFileSync(projectPath('src/assets/concerns', file), 'utf8'));

/** The form definitions the house brings, checked; a broken one throws with file and place. Loaded once per Jobcenter into the database. */
export function shippedDefinitions(): FormDefinition[] {
  const files = globSync('*.json', { cwd: folder() }).filter((file) => file !== 'groups.json');
  return files.sort().map((file) => {
    const parsed = formDefinition.safeParse(read(file));
    if (!parsed.success) throw new Error(`${file}: ${describe(parsed.error.issues)}`);
    return parsed.data;
  });
}

/** The groups of the start page, in the order shown. */
export const shippedGroups = (): ConcernGroup[] => concernGroups.parse(read('groups.json'));

const describe = (issues: readonly { path: readonly PropertyKey[]; message: string }[]): string =>
  issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`).join('; ');
