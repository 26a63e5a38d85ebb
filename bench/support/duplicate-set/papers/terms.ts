/** Clauses that stand in thousands of leases. */
export const leaseTerms: readonly (readonly [string, string])[] = [
  [
    'Betriebskosten',
    'Neben der Grundmiete trägt der Mieter die Betriebskosten im Sinne der Betriebskostenverordnung. Über die Vorauszahlungen wird jährlich abgerechnet. Die Abrechnung ist dem Mieter spätestens bis zum Ablauf des zwölften Monats nach Ende des Abrechnungszeitraums mitzuteilen. Umlageschlüssel ist, soweit nicht anders vereinbart, die Wohnfläche.',
  ],
  [
    'Kaution',
    'Der Mieter leistet eine Sicherheit in Höhe von höchstens drei Monatsmieten ohne Betriebskosten. Er ist berechtigt, die Sicherheit in drei gleichen monatlichen Teilzahlungen zu erbringen. Die erste Teilzahlung ist zu Beginn des Mietverhältnisses fällig. Der Vermieter legt die Sicherheit getrennt von seinem Vermögen an.',
  ],
  [
    'Zustand der Mieträume',
    'Der Mieter übernimmt die Räume in dem Zustand, in dem sie sich bei der Übergabe befinden. Über die Übergabe wird ein Protokoll angefertigt, das von beiden Seiten unterschrieben wird. Verborgene Mängel sind unverzüglich anzuzeigen, sobald sie bemerkt werden.',
  ],
  [
    'Benutzung, Untervermietung',
    'Der Mieter darf die Räume nur zu Wohnzwecken nutzen. Eine Untervermietung oder sonstige Überlassung an Dritte bedarf der Erlaubnis des Vermieters. § 553 BGB bleibt unberührt. Die Aufnahme von nahen Angehörigen ist anzuzeigen, soweit dadurch keine Überbelegung entsteht.',
  ],
  [
    'Haustiere',
    'Kleintiere dürfen im üblichen Umfang gehalten werden. Die Haltung anderer Tiere, insbesondere von Hunden und Katzen, bedarf der Zustimmung des Vermieters, die nur aus wichtigem Grund versagt oder widerrufen wird.',
  ],
  [
    'Kleinreparaturen',
    'Die Kosten kleiner Instandhaltungen trägt der Mieter bis zu 90,00 EUR je Einzelfall, soweit die Schäden nicht vom Vermieter zu vertreten sind und Teile betreffen, die dem häufigen Zugriff des Mieters ausgesetzt sind, höchstens jedoch 6 % der Jahresgrundmiete.',
  ],
  [
    'Schönheitsreparaturen',
    'Die Schönheitsreparaturen während der Mietzeit übernimmt der Mieter, wenn ihm die Wohnung renoviert überlassen wurde. Sie sind fachgerecht und nach dem Grad der Abnutzung auszuführen. Starre Fristen sind nicht vereinbart.',
  ],
  [
    'Bauliche Veränderungen',
    'Bauliche Veränderungen durch den Mieter, insbesondere Um- und Einbauten, bedürfen der vorherigen Zustimmung in Textform. Bei Ende der Mietzeit kann der Vermieter die Wiederherstellung des früheren Zustandes verlangen, sofern nicht etwas anderes vereinbart wurde.',
  ],
  [
    'Betreten der Räume',
    'Der Vermieter oder von ihm Beauftragte dürfen die Mieträume nach rechtzeitiger Ankündigung aus sachlichem Grund betreten. Bei Gefahr im Verzug ist das Betreten jederzeit gestattet. Bei längerer Abwesenheit hinterlegt der Mieter einen Schlüssel an leicht erreichbarer Stelle.',
  ],
  [
    'Heizung und Lüftung',
    'Die Heizung ist vom 1. Oktober bis zum 30. April in Betrieb. Der Mieter heizt und lüftet die Räume so, dass keine Schäden durch Feuchtigkeit entstehen. Ausgefallene Heizkörper sind sofort zu melden, ebenso ein auffälliger Abfall des Drucks.',
  ],
  [
    'Beendigung',
    'Bei Ende der Mietzeit sind die Räume vollständig geräumt und sauber zurückzugeben. Alle Schlüssel, auch selbst beschaffte, sind auszuhändigen. Der Mieter teilt dem Vermieter seine neue Anschrift mit.',
  ],
  [
    'Mehrere Mieter',
    'Mehrere Personen als Mieter haften als Gesamtschuldner. Erklärungen, die das Mietverhältnis berühren, müssen von oder gegenüber allen Mietern abgegeben werden. Sie bevollmächtigen sich gegenseitig zur Entgegennahme solcher Erklärungen.',
  ],
  [
    'Energieausweis',
    'Der Energieausweis wurde dem Mieter vor Abschluss dieses Vertrages vorgelegt. Er wird nicht Bestandteil des Vertrages. Der Mieter hat eine Kopie erhalten und von den Angaben Kenntnis genommen.',
  ],
  [
    'Sonstige Vereinbarungen',
    'Änderungen und Ergänzungen dieses Vertrages bedürfen der Textform. Sollte eine Bestimmung unwirksam sein, bleibt der Vertrag im Übrigen wirksam; an die Stelle der unwirksamen Bestimmung tritt die gesetzliche Regelung.',
  ],
];

/** House rules: the same page for every tenant of everybody. */
export const houseRules: readonly string[] = [
  'Das Zusammenleben mehrerer Menschen unter einem Dach erfordert gegenseitige Rücksichtnahme. Die folgenden Regeln gelten für alle Bewohner und ihre Gäste.',
  '1. Ruhe: Von 13 bis 15 Uhr und von 22 bis 6 Uhr ist jede Störung zu vermeiden. Musik ist auf Zimmerlautstärke zu stellen.',
  '2. Treppenhaus: Haus- und Hofeingänge, Treppen und Flure sind als Fluchtwege freizuhalten. Kinderwagen dürfen abgestellt werden, soweit sie niemanden behindern.',
  '3. Reinigung: Flur und Treppe werden im Wechsel gereinigt; der Plan hängt im Eingang aus. Wer verreist, sorgt für Vertretung.',
  '4. Müll: Abfälle werden getrennt in die dafür vorgesehenen Behälter gegeben. Sperrmüll darf erst am Abend vor der Abholung bereitgestellt werden.',
  '5. Keller und Dachboden: Leicht entzündliche Stoffe dürfen dort nicht gelagert werden. Fenster sind bei Regen und Frost zu schließen.',
  '6. Sicherheit: Die Haustür bleibt geschlossen. Beim Verlust eines Schlüssels ist die Verwaltung sofort zu benachrichtigen. Grillen mit Holzkohle auf dem Balkon ist nicht gestattet.',
  '7. Wäsche: Wasch- und Trockenraum stehen allen Bewohnern zur Verfügung und sind nach Gebrauch zu säubern.',
];

/** The back of statements and bills: long, the same for all, of no weight. */
export const bankTerms: readonly string[] = [
  'Wichtige Hinweise zum Rechnungsabschluss und zu den Kontoauszügen. Bitte prüfen Sie die Buchungen, Berechnungen und den Abschluss unverzüglich auf Richtigkeit und Vollständigkeit.',
  'Einwendungen gegen Rechnungsabschlüsse müssen innerhalb von sechs Wochen nach Zugang in Textform erhoben werden. Die rechtzeitige Absendung genügt. Das Unterlassen rechtzeitiger Einwendungen gilt als Genehmigung; auf diese Folge weisen wir besonders hin.',
  'Gutschriften aus Lastschriften, Schecks und anderen Einzugspapieren erfolgen unter dem Vorbehalt des Eingangs. Der angegebene Kontostand berücksichtigt nicht die Wertstellung der einzelnen Buchungen, so dass bei Verfügungen möglicherweise Zinsen für eine eingeräumte oder geduldete Überziehung anfallen können.',
  'Guthaben sind als Einlagen nach Maßgabe des Einlagensicherungsgesetzes entschädigungsfähig. Nähere Informationen können Sie dem Informationsbogen für den Einleger entnehmen.',
  'Für die Teilnahme am Lastschriftverfahren gelten unsere Bedingungen. Sie können der Belastung innerhalb von acht Wochen ohne Angabe von Gründen widersprechen. Bei nicht autorisierten Zahlungen beträgt die Frist 13 Monate.',
  'Zur Beilegung von Streitigkeiten besteht die Möglichkeit, die zuständige Schlichtungsstelle anzurufen. Das Nähere regelt deren Verfahrensordnung, die auf Wunsch zugesandt wird.',
];
