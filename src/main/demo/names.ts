// Lists for invented people. Family names are made of words for "sample", "example" and "invented" in many languages, or of things
// nobody is called after; so nobody can take a demo file for a real one. Given names are ordinary.

export type Sex = 'f' | 'm' | 'd';

/** A region people come from: how its people are named, and which languages they read. */
export interface Origin {
  readonly nationality: string;
  readonly language: string;
  readonly weight: number;
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly family: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

export const ORIGINS: readonly Origin[] = [
  {
    nationality: 'DE',
    language: 'de',
    weight: 52,
    female: words(
      'Anna Bärbel Carla Doris Elke Frieda Greta Hanna Ines Jana Katja Lena Marie Nele Oda Petra Ronja Sabine Theresa Ulrike Vera Wiebke Änne Mia Lotte Ella Clara Johanna',
    ),
    male: words(
      'Anton Bernd Christoph Dieter Emil Florian Georg Holger Ingo Jörg Karl Lukas Marco Niklas Oskar Paul Ralf Sven Thomas Uwe Volker Werner Jürgen Ben Finn Jonas Leon Götz',
    ),
    family: words(
      `Musterberg Musterfeld Musterhagen Mustermoor Musterrode Beispielmann Beispielberg Beispielhuber Beispielsdorf Probst-Muster Probefeld
       Erfundahl Erfundinger Ausgedachtner Fantasberg Fabelhaupt Fabelmoor Apfelquark Birnkiesel Wolkenknopf Regenschirmer Knopfloch Kieselbein
       Löffelholm Tintenbrink Papierwald Aktenlieb Stempelmayer Büroklamm Heftzwecker Lochermann Ordnerath Kuverting Posteingänger Zettelbaum
       Grünspecht-Muster Kühlschrankner Fensterkitt Türschwellner Teppichroth Musterkötter Mustergroß Öhrchenbeispiel Übungsmann Versuchler Testmeier`,
    ),
  },
  {
    nationality: 'UA',
    language: 'uk',
    weight: 12,
    female: words('Olena Iryna Oksana Kateryna Sofiia Daryna Halyna Tetiana Yuliia Zlata'),
    male: words('Andrii Bohdan Danylo Oleh Taras Yurii Maksym Nazar Ostap'),
    family: words('Prykladenko Zrazkovenko Vyhadanko Prykladchuk Zrazkovych Vzirets-Muster Kazkarenko Vyhadaniuk'),
  },
  {
    nationality: 'SY',
    language: 'ar',
    weight: 11,
    female: words('Amal Dima Farah Hala Lina Maya Nour Rania Salma Yara'),
    male: words('Adnan Bassel Firas Hadi Jamil Karim Majd Nabil Omar Sami'),
    family: words('Al-Mithali Namuzaji Al-Khayali Mithalawi Al-Tajriba Khayalani Namudhaj'),
  },
  {
    nationality: 'TR',
    language: 'tr',
    weight: 9,
    female: words('Ayşe Buse Ceren Elif Gül İpek Leyla Nazlı Şule Zehra'),
    male: words('Ahmet Burak Can Deniz Emre Hakan İlker Kaan Oğuz Yiğit'),
    family: words('Örnekoğlu Örnekçi Denemeoğlu Masalcı Hayalgil Uydurmaz Numuneci Örnekkaya'),
  },
  {
    nationality: 'PL',
    language: 'de',
    weight: 5,
    female: words('Agnieszka Bożena Dorota Ewa Kinga Małgorzata Zofia'),
    male: words('Bartosz Grzegorz Jacek Krzysztof Łukasz Paweł Wojciech'),
    family: words('Przykładek Wzorowicz Zmyślewicz Bajkowiak Próbkowicz'),
  },
  {
    nationality: 'BG',
    language: 'de',
    weight: 4,
    female: words('Desislava Elitsa Ivanka Mariya Radka'),
    male: words('Boyan Dimitar Georgi Ivaylo Plamen'),
    family: words('Primerov Obraztsov Izmislen Prikazkov'),
  },
  {
    nationality: 'RU',
    language: 'ru',
    weight: 4,
    female: words('Alina Galina Lidia Nadja Swetlana'),
    male: words('Artjom Gleb Igor Leonid Pawel'),
    family: words('Primerow Obraszow Skaskin Wydumkin'),
  },
  {
    nationality: 'ER',
    language: 'en',
    weight: 3,
    female: words('Abeba Feven Luwam Selam'),
    male: words('Filmon Kidane Samuel Yonas'),
    family: words('Examplay Sampleab Abnetay Meseley'),
  },
];

/** A family name in the form a woman carries, where the language has one. */
export function familyNameFor(family: string, sex: Sex, nationality: string): string {
  if (sex !== 'f') return family;
  if (['BG', 'RU'].includes(nationality) && /(ov|ow|in)$/.test(family)) return `${family}a`;
  return family;
}
