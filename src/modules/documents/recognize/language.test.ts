import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificates } from '../../../../test/support/papers.ts';
import { writtenLines } from '../../../../test/support/written-lines.ts';
import { foreignLanguage } from './language.ts';

/** The language of a page with these sentences, eight words a line; `read`: recognised with the letters of that language alone. */
const told = (text: string, read?: 'ukr' | 'ara') =>
  foreignLanguage({ ...writtenLines(text), ...(read && { language: read }) });

const near = {
  cs: 'Potvrzuje se, že paní Anna Nováková je zaměstnána v našem podniku od prvního března na základě pracovní smlouvy na dobu neurčitou. Zaměstnankyně dostává měsíční mzdu, která je vyplácena převodem na bankovní účet do desátého dne každého měsíce.',
  sk: 'Potvrdzuje sa, že pani Anna Nováková je zamestnaná v našom podniku od prvého marca na základe pracovnej zmluvy na dobu neurčitú. Zamestnankyňa dostáva mesačnú mzdu, ktorá je vyplácaná prevodom na bankový účet do desiateho dňa každého mesiaca.',
  hr: 'Potvrđuje se da je gospođa Ana Horvat zaposlena u našem poduzeću od prvog ožujka na temelju ugovora o radu na neodređeno vrijeme. Zaposlenica prima mjesečnu plaću koja se isplaćuje na bankovni račun do desetog dana svakog mjeseca.',
  es: 'Se certifica que la señora Ana García trabaja en nuestra empresa desde el primero de marzo con un contrato de trabajo de duración indefinida. La trabajadora recibe un salario mensual que se ingresa en su cuenta bancaria antes del día diez de cada mes.',
  pt: 'Declara-se que a senhora Ana Silva trabalha na nossa empresa desde o dia um de março com um contrato de trabalho por tempo indeterminado. A trabalhadora recebe um salário mensal que é pago por transferência bancária até ao dia dez de cada mês.',
  bg: 'Удостоверява се, че госпожа Анна Иванова работи в нашето предприятие от първи март въз основа на трудов договор за неопределено време. Служителката получава месечно възнаграждение, което се изплаща по банкова сметка до десето число на всеки месец.',
  ru: 'Настоящим подтверждается, что госпожа Анна Иванова работает на нашем предприятии с первого марта на основании трудового договора, заключённого на неопределённый срок. Работница получает ежемесячную заработную плату, которая перечисляется на её банковский счёт до десятого числа каждого месяца.',
  fa: 'بدینوسیله گواهی می‌شود که خانم نامبرده از اول ماه مارس در شرکت ما مشغول به کار است و حقوق ماهانه دریافت می‌کند که به حساب بانکی او واریز می‌شود. قرارداد کار برای مدت نامحدود بسته شده است و این گواهی بنا به درخواست ایشان برای ارائه به اداره مربوطه صادر شده است.',
  ur: 'اس کے ذریعے تصدیق کی جاتی ہے کہ مذکورہ خاتون یکم مارچ سے ہماری کمپنی میں کام کر رہی ہیں اور انہیں ماہانہ تنخواہ ملتی ہے جو ان کے بینک اکاؤنٹ میں منتقل کی جاتی ہے۔ ملازمت کا معاہدہ غیر معینہ مدت کے لیے ہے اور یہ سرٹیفکیٹ ان کی درخواست پر جاری کیا گیا ہے۔',
} as const;

for (const [language, text] of Object.entries(near))
  test(`${language} is told from the languages near to it`, async () => {
    assert.equal(await told(text), language);
  });

test('a language near to one that the detector knows is not named as that', async () => {
  const galician =
    'Certifícase que a señora Ana García traballa na nosa empresa desde o día un de marzo cun contrato de traballo de duración indefinida. A traballadora recibe un salario mensual que se ingresa na súa conta bancaria antes do día dez de cada mes.';
  assert.equal(await told(galician), undefined);
  const macedonian =
    'Со овој договор сопственикот му го издава на закупецот станот на вториот кат од зградата. Киријата се плаќа до петтиот ден во месецот и ги вклучува заедничките трошоци, но не и водата и струјата. Закупецот не смее да го менува станот без писмена дозвола.';
  assert.equal(await told(macedonian), 'und-Cyrl');
});

/** What becomes of letters where the recogniser knows those of another language alone. */
const inUkrainian = (text: string) => text.replace(/[ыэёъ]/g, (c) => ({ ы: 'и', э: 'є', ё: 'е', ъ: 'ь' })[c] ?? c);
const inArabic = (text: string) =>
  text.replace(
    /[پچژگکیےہںھٹڈڑ‌]/g,
    (c) =>
      ({ پ: 'ب', چ: 'ج', ژ: 'ز', گ: 'ك', ک: 'ك', ی: 'ي', ے: 'ي', ہ: 'ه', ں: 'ن', ھ: 'ه', ٹ: 'ت', ڈ: 'د', ڑ: 'ر' })[c] ??
      '',
  );

test('a page recognised with the letters of one language alone says the script, where the text does not decide', async () => {
  for (const each of ['ru', 'bg'] as const) assert.equal(await told(inUkrainian(near[each]), 'ukr'), 'und-Cyrl', each);
  for (const each of ['fa', 'ur'] as const) assert.equal(await told(inArabic(near[each]), 'ara'), 'und-Arab', each);
  assert.equal(await told(certificates.uk.join(' '), 'ukr'), 'uk');
  assert.equal(await told(certificates.ar.join(' '), 'ara'), 'ar');
});
