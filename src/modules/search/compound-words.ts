/**
 * Words that German compounds of this field are made of. No library with a licence that fits splits German compounds well, and the
 * compounds of a Jobcenter are made of few words: a list that everybody can read and add to is enough. As in the dictionary.
 */
export const compoundWords: readonly string[] = `
abend abfall abfindung abgabe ablauf ablehnung abmeldung abrechnung abruf abschlag abschluss abschnitt abschrift absage absicht abstand
abteilung abtretung abwesenheit abzug adresse agentur akte aktion alg alleinerziehend alltag alter altersrente amt analyse anbieter
anerkennung anfall anfang anfrage angabe angebot angehörige angelegenheit anhang anhörung anlage anlass anleitung anmeldung annahme
anpassung anrechnung anruf anschaffung anschluss anschreiben anschrift anspruch anteil antrag antwort anwalt anweisung anwesenheit
anzahl anzeige apotheke arbeit arbeiter arbeitgeber arbeitnehmer arbeitslos arbeitslosigkeit arbeitsplatz arbeitsunfähigkeit art arzt
ärzte attest aufenthalt aufforderung aufgabe aufhebung auflage aufnahme aufrechnung aufstellung aufstockung aufteilung auftrag aufwand
aufwendung ausbildung ausdruck ausfall ausgabe ausgang ausgleich ausgleichung auskunft ausland ausländer auslage ausnahme ausschluss
ausstattung ausstellung ausweis auszahlung auszubildend auszug auto bad bank banken bar bau bauen beamte beantragung bearbeitung bedarf
bedingung beendigung befreiung befristung beginn begleitung begründung behinderung behörde beihilfe beistand beitrag bekannt bekleidung
beleg benachrichtigung beratung berechnung berechtigt berechtigung bereich bericht beruf berufe bescheid bescheinigung beschäftigung
beschluss beschreibung beschwerde besitz bestand bestätigung besuch betrag betreuer betreuung betrieb bett bewerber bewerbung bewilligung
bezirk bezug bezüge bilanz bild bildung bildungsgutschein bogen brief buch bund bürger bürgergeld bürgschaft büro bus chance computer
darlehen daten datum dauer deutsch deutschland diagnose dienst diensten dokument durchschnitt ehe ehegatte ehrenamt eigen eigentum
eigentümer eignung eilantrag einarbeitung eingang eingliederung einkauf einkommen einkünfte einladung einlage einmal einnahme einrichtung
einsatz einschätzung einsicht einstellung einstieg einstufung einwilligung einzahlung einzel einzug eltern elterngeld empfang empfänger
ende energie entgelt entgeltfortzahlung entlassung entlastung entscheidung entschädigung entwicklung erbe erbschaft ergänzung ergebnis
erhaltung erhöhung erinnerung erkrankung erklärung erlass erlaubnis ermäßigung ernährung ersatz erst erstantrag erstattung
erstausstattung ertrag erwerb erwerbsfähigkeit erwerbstätig erwerbstätigkeit erziehung erzieher existenz export fach fähigkeit fahrer
fahrkarte fahrrad fahrt fahrten fahrzeug fall familie familien farbe feier feld ferien fest festsetzung feststellung feuer finanz finanzamt
firma fläche flucht flüchtling folge forderung förderung form formular fortbildung fortsetzung fortzahlung frage frau frauen frei freibetrag
freistellung freiwillig freizeit frist führer führerschein führung fürsorge garten gas gast gebiet geber gebühr geburt geburtstag gefahr gegenstand
gehalt gehalts geld gelder geldern gemeinde gemeinschaft genehmigung gericht gesamt geschäft geschäftsführer gesellschaft gesetz gespräch
gesundheit gewalt gewerbe gewerkschaft gewinn girokonto grenze grund grundlage grundsicherung gruppe gut gutachten gutschein gutschrift
haft haftpflicht halbjahr haltung hand handel handwerk handy haupt haus hausarzt haushalt häuser hausrat heil heim heizkosten heizöl heizung
heiz helfer herd herkunft hilfe hilfen hinterbliebene hinweis hochschule hof höhe honorar hort immobilie inhaber inkasso integration
internet invalidität jahr jahre job jobcenter jugend jugendamt jugendliche kalt kammer kapital karte karten kasse kassen kauf kaution kenntnis
kind kinder kindergarten kindergeld kita klage klasse klassen klassenfahrt kleidung klinik kollege konto konten kontakt kontoauszug kontrolle
kooperation kopie körper kosten kraft krank kranken krankengeld krankenhaus krankenkasse krankenversicherung krankheit krankmeldung kredit
kreis krippe küche kühlschrank kultur kunde kündigung kurs kurz kurzarbeit kurzarbeitergeld land landkreis last lauf leben lebenslauf
lebensmittel lebensunterhalt lehr lehrgang lehrer leih leistung leiter leitung lern liste lohn lohnabrechnung lohnsteuer maßnahme mahnung
makler mangel mann markt maschine material mehr mehraufwand mehrbedarf meister meldung mensch merkblatt miete mieter mietvertrag
migration minder minderjährig mini minijob mitarbeiter mitglied mittag mittagessen mitteilung mitwirkung mobilität möbel monat monats
motivation musik mutter mütter mutterschaft nachbar nachforderung nachhilfe nachmittag nachricht nachtrag nachweis nachzahlung nahrung name
nahverkehr natur neben nebeneinkommen nebenjob nebenkosten netto nummer nutzung obdach obdachlos öffentlich ordnung ort orte paket papier
partner partnerschaft pass pauschale pause pension person personal personen personalausweis pfändung pfand pflege pflegegeld pflegekasse
pflicht pflichten plan platz polizei post posten potenzial praktikant praktikum praxis preis privat probe probezeit prognose programm projekt
protokoll provision prozess prüfung punkt quittung rad raten rate rechner recht rechte rechtsanwalt rechtsbehelf regel regelbedarf
regelung reha reise reisen rente renten rentenversicherung reparatur rest risiko rück rückforderung rückgabe rückkehr rückmeldung rückruf
rücknahme rückstand rückzahlung rundfunk sache sachbearbeiter sachen saison sanktion satz schaden schäden schein schenkung schicht schlichtung
schicksal schluss schlüssel schnell schön schreiben schrift schritt schuh schuld schulden schuldner schüler schule schulung schutz
schwanger schwangerschaft schwer schwerbehindert schwerbehinderung seite selbst selbständig selbständigkeit sicherheit sicherung sitz
sitzung sofort software sohn sommer sonder sorge sorgerecht sozial sozialamt sozialhilfe sozialversicherung spar sparen sparbuch spende
sperre sperrzeit sport sprache sprachen sprachkurs staat stadt stand ständig standort start stätte stelle stellen stellung sterbe steuer
steuerbescheid stiftung strafe straße strom studium studenten stufe stunde stunden suche sucht summe tabelle tafel tag tage tagesmutter
tankstelle tarif täter tätigkeit teil teilhabe teilnahme teilnehmer teilzeit telefon termin test tier tochter tod todesfall trainer
training transport trennung treue therapie übergang übergangsgeld überleitung übernachtung übernahme überprüfung übersetzung übersicht
überweisung überzahlung umfang umgang umschulung umzug unfall unfähigkeit universität unterhalt unterhaltsvorschuss unterkunft unterlage
unterlagen unternehmen unterricht unterschrift unterstützung untersuchung untervermietung urkunde urlaub ursache urteil vater veranlagung
veränderung verantwortung verband verbindung verbrauch verdienst verein vereinbarung verfahren verfügung vergleich vergütung verhältnis
verkauf verkehr verlängerung verlauf verlust vermieter vermietung vermittlung vermögen verordnung verpflegung verpflichtung versicherung
versorgung vertrag vertreter vertretung verwaltung verwandte verzeichnis verzicht volk voll vollmacht vollzeit voraus vorauszahlung
vorschlag vorschuss vorsorge vorsprache vorstellung vorteil wahl währung warm warmwasser warte wäsche waschmaschine wasser wechsel weg
wegfall weihnacht weiter weiterbewilligung weiterbildung werbung werk werkstatt wert widerruf widerspruch wieder winter wirkung wirtschaft
witwe witwen woche wochen wohl wohlfahrt wohn wohnen wohngeld wohngemeinschaft wohnort wohnsitz wohnung zahl zahlung zahn zahnarzt zeichen
zeit zeiten zeitarbeit zeitraum zeitung zentrum zertifikat zeuge zeugnis ziel zimmer zins zinsen zone zoll zug zugang zulage zulassung
zusage zusammenarbeit zusammenkunft zusatz zuschlag zuschuss zustand zuständigkeit zustellung zustimmung zuwendung zuweisung zweck zweit
`
  .trim()
  .split(/\s+/);
