import { employerKinds, sectors } from '../../../modules/employers/index.ts';
import type { Option } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

type Words = Pick<StaffVisit, 't'>;

export const kindOptions = ({ t }: Words): Option[] =>
  employerKinds.map((value) => ({ value, label: t(`employers:kind.${value}`) }));

/** In the order of their words, "something else" last. */
export const sectorOptions = ({ t, language }: Pick<StaffVisit, 't' | 'language'>): Option[] =>
  sectors
    .map((value) => ({ value, label: t(`employers:sector.${value}`) }))
    .toSorted(
      (a, b) => Number(a.value === 'other') - Number(b.value === 'other') || a.label.localeCompare(b.label, language),
    );
