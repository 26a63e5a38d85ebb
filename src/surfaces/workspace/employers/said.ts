import { plainLine, plainText } from '../../../kernel/text.ts';
import {
  type ContactSaid,
  contactFields,
  type EmployerSaid,
  employerFields,
  employerKinds,
  sectors,
} from '../../../modules/employers/index.ts';
import { type FormInput, one } from '../../request.ts';

/** How long the texts of an employer may be. */
export const longest = { name: 150, place: 100, wants: 2_000, contact: 120 } as const;

/** A form carries what stood in each field when it was opened: what only one of two people changed is kept from both. */
export const openedName = (name: string): string => `vorher-${name}`;

/** What a form says of an employer; `opened`: what it showed when it was opened. */
export function employerOf(input: FormInput, opened = false): EmployerSaid {
  const text = (name: keyof EmployerSaid): string => one(input, opened ? openedName(name) : name);
  const line = (name: keyof EmployerSaid): string => plainLine(text(name)).trim().replaceAll(/ +/g, ' ');
  return {
    kind: employerKinds.find((each) => each === text('kind')) ?? 'employer',
    name: line('name').slice(0, longest.name),
    place: line('place').slice(0, longest.place),
    sector: sectors.find((each) => each === text('sector')) ?? '',
    wants: plainText(text('wants')).trim().slice(0, longest.wants),
    carerId: text('carerId').slice(0, 36),
  };
}

/** The hidden fields that say what stood there. */
export const openedFields = (said: EmployerSaid): Record<string, string> =>
  Object.fromEntries(employerFields.map((name) => [openedName(name), said[name]]));

/** The same for somebody who works there. */
export function contactOf(input: FormInput, opened = false): ContactSaid {
  const text = (name: keyof ContactSaid): string =>
    plainLine(one(input, opened ? openedName(name) : name))
      .trim()
      .slice(0, longest.contact);
  return { name: text('name'), task: text('task'), phone: text('phone'), email: text('email') };
}

export const openedContact = (said: ContactSaid): Record<string, string> =>
  Object.fromEntries(contactFields.map((name) => [openedName(name), said[name]]));
