import type { Day } from '../../kernel/dates.ts';
import type { EmployerKind, Sector } from './employer.ts';

export type EmployerTables = {
  employer: {
    id: string;
    kind: EmployerKind;
    name: string;
    place: string;
    sector: Sector | '';
    wants: string;
    carer_id: string | null;
    search: string;
    /** `search` in sounds. */
    sound: string;
    alike: string;
    made_at: Date;
    made_by: string;
    changed_at: Date;
    changed_by: string;
    merged_into: string | null;
    merged_at: Date | null;
    merged_by: string | null;
  };
  employer_contact: {
    id: string;
    employer_id: string;
    name: string;
    task: string;
    phone: string;
    email: string;
    confirmed_on: Day;
    made_at: Date;
    made_by: string;
  };
  employer_note: { note_id: string; case_id: string; employer_id: string; linked_at: Date; linked_by: string };
};
