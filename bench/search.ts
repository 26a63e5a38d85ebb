// `npm run bench:search`: how long the search takes for a member of staff of two teams, over invented papers and notes of one
// Jobcenter whose words are as frequent as in any language, and over people with invented names, one for five papers. The last line is JSON.
import { readNumbers } from '../test/proof/support/numbers.ts';
import { benchSearch } from './support/search-run.ts';

const options = readNumbers(process.argv.slice(2), { documents: 50_000, notes: 150_000, asks: 60 });
const result = await benchSearch(options, (line) => console.log(line));
console.log(JSON.stringify(result));
