import { fold } from './fold.ts';
import type { Line } from './lines.ts';

/** Who a letter may come from, and what led to it: the line above the address, a name with a legal form, an authority. */
export type SenderSuggestion = { readonly name: string; readonly because: 'return-line' | 'firm' | 'authority' };

const legalForm =
  /\b(?:GmbH|mbH|AG|KG|OHG|UG|SE|eG|e\.\s?G\.|e\.\s?V\.|e\.\s?K\.|GbR|KGaA|Co\.|gGmbH|Stiftung|Genossenschaft|Inh\.)(?!\p{L})/u;
const authorities = [
  'Agentur für Arbeit',
  'Jobcenter',
  'Finanzamt',
  'Familienkasse',
  'Amtsgericht',
  'Sozialgericht',
  'Landratsamt',
  'Stadtverwaltung',
  'Bezirksamt',
  'Jugendamt',
  'Sozialamt',
  'Wohngeldstelle',
  'Deutsche Rentenversicherung',
  'Krankenkasse',
  'AOK',
  'Barmer',
  'Techniker',
  'DAK',
  'IKK',
  'Knappschaft',
  'Sparkasse',
  'Volksbank',
  'Raiffeisenbank',
  'Postbank',
  'Stadtwerke',
  'Gemeinde',
  'Landkreis',
  'Universität',
  'Hochschule',
  'Schule',
  'Kindertagesstätte',
  'Hausverwaltung',
  'Wohnungsbau',
  'Praxis',
  'Klinikum',
  'Rechtsanwält',
  'Gerichtsvollzieher',
].map((word) => ({ word, look: ` ${fold(word)}` }));
const between = /\s+[·•|*–—-]\s+|\s*[·•]\s*/u;
const postcode = /\b\d{5}\b/;
/** The head of a letter: whoever writes stands there. */
const head = 0.3;

/** The sender of a letter by its first page; undefined where nothing says so. */
export function suggestSender(lines: readonly Line[], ownName: string): SenderSuggestion | undefined {
  const own = fold(ownName);
  const top = lines.filter((line) => line.top < head);
  const foreign = (text: string): boolean => own === '' || !fold(text).includes(own);
  for (const { text } of top) {
    const parts = text.split(between).map((each) => each.trim());
    const name = parts[0] ?? '';
    if (parts.length >= 2 && postcode.test(text) && name.length > 2 && !/^\d/.test(name) && foreign(name))
      return { name: clean(name), because: 'return-line' };
  }
  const firm = top.find(({ text }) => legalForm.test(text) && text.length < 80 && foreign(text));
  if (firm !== undefined) return { name: clean(firm.text.split(between)[0] ?? firm.text), because: 'firm' };
  for (const { text } of top) {
    const folded = ` ${fold(text)}`;
    if (text.length < 80 && foreign(text) && authorities.some(({ look }) => folded.includes(look)))
      return { name: clean(text.split(between)[0] ?? text), because: 'authority' };
  }
  const anywhere = lines.find(({ text }) => legalForm.test(text) && text.length < 60 && foreign(text));
  return anywhere === undefined ? undefined : { name: clean(anywhere.text.split(between)[0] ?? ''), because: 'firm' };
}

const clean = (name: string): string => name.replace(/^[\s.,;:–-]+|[\s,;:–-]+$/gu, '').slice(0, 100);
