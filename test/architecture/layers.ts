/** Where a file lives in the house. `part` is the module or the surface. */
export type Place = {
  readonly layer: 'kernel' | 'platform' | 'ui' | 'modules' | 'surfaces' | 'main' | 'assets' | 'outside';
  readonly part: string;
};

/** The rows of modules, the lowest first; a module may use the faces of the rows below its own. */
export const rows = {
  base: ['audit', 'identity', 'settings', 'search', 'help'],
  records: ['people', 'documents', 'files', 'together'],
  processes: [
    'forms',
    'cases',
    'employers',
    'views',
    'plans',
    'fields',
    'intake',
    'twice',
    'post',
    'contacts',
    'facts',
    'appointments',
    'notices',
  ],
  house: ['codesign', 'surveys', 'operations'],
} as const;

/** Within the base row too: the search knows the keys of the Jobcenter. */
export const baseOrder = ['settings', 'search'] as const;

/** Within the processes row each uses only what stands to its left (docs/adr/0008). */
export const processOrder = [
  'forms',
  'cases',
  'employers',
  'views',
  'plans',
  'fields',
  'intake',
  'twice',
  'post',
  'contacts',
  'facts',
  'appointments',
  'notices',
] as const;

const rowNames = Object.keys(rows) as (keyof typeof rows)[];

/** The row of a module; -1 for one that was never given a place. */
export const rowOf = (module: string): number =>
  rowNames.findIndex((row) => (rows[row] as readonly string[]).includes(module));

export function placeOf(path: string): Place {
  const [top, layer, part = '', below] = path.split('/');
  if (top !== 'src') return { layer: 'outside', part: top ?? '' };
  if (layer === 'modules') return { layer, part };
  if (layer === 'surfaces') return { layer, part: surfaceOf(path, part, below) };
  if (layer === 'kernel' || layer === 'platform' || layer === 'ui' || layer === 'main' || layer === 'assets')
    return { layer, part };
  return { layer: 'outside', part: layer ?? '' };
}

/** What several surfaces show, in a folder of its own: the questions of a form, at home and at the counter. */
const shared: readonly string[] = ['questions'];

/** `portal`, `workspace`, `channels/api`; empty for the files that all surfaces share. */
function surfaceOf(path: string, part: string, below: string | undefined): string {
  if (path.split('/').length === 3 || shared.includes(part)) return '';
  return part === 'channels' ? `channels/${below}` : part;
}

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** Says why a file may not import another of ours; undefined when it may. Both are project paths. */
export function refuse(from: string, to: string): string | undefined {
  const here = placeOf(from);
  const there = placeOf(to);
  if (here.layer === 'outside') return undefined;
  if (there.layer === 'outside') {
    if (to === 'package.json' || (isTest(from) && to.startsWith('test/'))) return undefined;
    return 'src imports nothing outside of src';
  }
  if (there.layer === 'surfaces' && here.layer !== 'surfaces' && here.layer !== 'main')
    return 'only main imports surfaces';
  if (there.layer === 'main' && here.layer !== 'main') return 'main is imported by nobody';
  if (
    there.layer === 'modules' &&
    !(here.layer === 'modules' && here.part === there.part) &&
    to !== `src/modules/${there.part}/index.ts`
  ) {
    return 'a module is entered through its index.ts only';
  }
  switch (here.layer) {
    case 'kernel':
      return there.layer === 'kernel' ? undefined : 'kernel imports nothing of ours';
    case 'platform':
      return there.layer === 'platform' || there.layer === 'kernel' ? undefined : 'platform imports kernel only';
    case 'ui':
      return there.layer === 'ui' || there.layer === 'kernel' || to.startsWith('src/platform/i18n/')
        ? undefined
        : 'ui imports kernel and platform/i18n only';
    case 'modules':
      return refuseModule(here, there);
    case 'surfaces':
      if (there.layer === 'surfaces' && there.part !== '' && there.part !== here.part)
        return 'surfaces never import each other';
      return there.layer === 'assets' ? 'assets are not imported' : undefined;
    case 'assets':
      return isTest(from) ? undefined : 'assets import nothing';
    case 'main':
      return undefined;
  }
}

function refuseModule(here: Place, there: Place): string | undefined {
  if (there.layer === 'kernel' || there.layer === 'platform') return undefined;
  if (there.layer !== 'modules') return `modules do not import ${there.layer}`;
  if (here.part === there.part) return undefined;
  if (rowOf(here.part) === -1 || rowOf(there.part) === -1) return 'every module has a place in a row';
  if (here.part === 'surveys')
    return rowOf(there.part) === 0 ? undefined : 'surveys use base only: answers are never joined to cases';
  if (rowOf(there.part) < rowOf(here.part)) return undefined;
  const ordered = [baseOrder, processOrder].some((list: readonly string[]) => {
    const at = list.indexOf(there.part);
    return at !== -1 && at < list.indexOf(here.part);
  });
  return ordered ? undefined : `${here.part} does not stand above ${there.part}`;
}
