import { defineStrings } from '../web/strings.ts';

/** Where one goes: the place searched, the competent Cpi and why, what is free around. */
export const placeStrings = defineStrings('booking-place', {
  it: {
    title: 'Dove ti è comodo?',
    lead: 'Scrivi dove vivi: vedi per primo il tuo Centro per l’impiego, poi gli altri vicini con il loro primo posto libero.',
    leadOwn:
      'Questo servizio si può avere solo nel proprio Centro per l’impiego: scrivi dove vivi e ti diciamo qual è.',
    comune: 'Comune di domicilio',
    comuneHint: 'Per esempio: Bagheria',
    comuneUnknown: 'Non troviamo un comune che si chiami «{{typed}}». Controlla come è scritto.',
    comuneMissing: 'Scrivi il comune in cui vivi.',
    comuneWhich: 'Quale di questi comuni?',
    streetAsk: 'Vivi a {{comuni}}? Aggiungi la via',
    streetWhy:
      'Lì il Centro per l’impiego cambia da una via all’altra. L’indirizzo serve solo a trovarlo: resta su questo dispositivo, per due ore al massimo.',
    street: 'Via o piazza',
    streetHint: 'Per esempio: Corso dei Mille',
    number: 'Numero civico',
    radius: 'Quanto lontano puoi andare',
    radiusKm: 'Entro {{km}} km',
    radiusAll: 'Ovunque nella rete',
    radiusHint: 'In linea d’aria dal centro del comune.',
    access: 'Mi serve una sede con…',
    accessSome: 'Mi serve una sede con: {{list}}',
    accessHint: 'Cerchiamo solo dove risulta: di molte sedi non si sa ancora.',
    competentUnsuited: 'Del tuo Cpi, {{office}}, non risulta che abbia quello che ti serve.',
    seeOffice: 'Vedi che cosa si sa della sede',
    more: 'Altre richieste',
    moreSome: 'Altre richieste: {{list}}',
    language: 'Lingua dell’operatore',
    anyLanguage: 'Qualsiasi',
    speaks: 'operatore che parla {{language}}',
    length: 'Durata',
    lasts: '{{duration}}',
    ownOperator: 'Solo con l’operatore che mi segue già',
    withOwn: 'solo il mio operatore',
    apply: 'Mostra gli orari',
    search: 'Cerca i posti liberi',
    nearMe: 'Cerca vicino a me',
    locateFailed: 'Non riusciamo a sapere dove sei: scrivi il comune.',

    resultsComune: 'Primi posti liberi per chi vive a {{place}}',
    resultsPoint: 'Primi posti liberi vicino a te',
    becauseComune: 'Il tuo è il {{office}}, perché serve chi vive a {{comune}}.',
    becauseStreet:
      'Il tuo è il {{office}}, perché serve la zona di {{street}}: a {{comune}} il Centro cambia con la via.',
    divided:
      '{{comune}} è divisa fra più Centri per l’impiego. Senza la via contiamo quello della maggior parte della città, il {{office}}: aggiungi la via qui sopra per essere sicuro che sia il tuo.',
    streetOther:
      '«{{street}}» non è fra le vie assegnate ad altri Centri: vale quello del resto di {{comune}}, il {{office}}.',
    numberMatters:
      'In {{street}} il Centro cambia con il numero civico: aggiungilo qui sopra per essere sicuro.',
    pointOnly:
      'Le sedi sono in ordine di primo posto libero. Per sapere qual è il tuo Centro per l’impiego scrivi il comune in cui vivi.',
    outsideTitle: '{{comune}} non è servito da questi uffici',
    outsideOpen:
      'Il tuo Centro per l’impiego è quello della zona in cui vivi. Questo servizio però è aperto a tutti: puoi prenotarlo anche qui.',
    outsideOwn:
      'Questo servizio lo dà solo il Centro per l’impiego della zona in cui vivi: cercalo presso la tua regione.',
    openServices: 'Qui puoi prenotare i servizi aperti a tutti:',
    noOpenServices: 'Qui non ci sono servizi aperti a chi vive altrove.',
    notYours: 'Qui non puoi avere questo servizio',
    notYoursLead:
      'Lo dà solo il tuo Centro per l’impiego, che per chi vive a {{comune}} è il {{office}}.',
    toYours: 'Vedi gli orari del {{office}}',
    openHere: 'In questa sede puoi prenotare i servizi aperti a tutti:',

    yourCpi: 'Il tuo Centro per l’impiego',
    firstFree: 'Primo posto libero',
    distance: 'a {{distance}}',
    inYourComune: 'a meno di un chilometro',
    takeFirst: 'Prendi questo orario',
    otherTimes: 'Vedi tutti gli orari',
    competentFull:
      'Il {{office}}, che è il tuo, non ha posti liberi fino a {{until}}, ultimo giorno prenotabile.',
    earlierElsewhere: '{{office}}, a {{distance}}, ha posto {{days}} prima del tuo.',
    onlyOwn: 'Questo servizio si può avere solo nel proprio Centro per l’impiego.',
    nothingFree: 'Nessun posto libero',
    nothingNear:
      'Abbiamo controllato {{count}} sedi: non c’è posto fino a {{until}}, ultimo giorno prenotabile.',
    nothingOne: 'Non c’è posto fino a {{until}}, ultimo giorno prenotabile.',
    noOffices: 'Entro questa distanza non ci sono sedi.',
    tryWider: 'Cerca ovunque nella rete',
    tryPlain: 'Cerca senza altre richieste',
    tryService: 'Scegli un altro servizio',
    searched_one: 'Controllata {{count}} sede.',
    searched_other: 'Controllate {{count}} sedi: quelle senza posti liberi non compaiono.',
    showAll: 'Mostra tutte le {{count}} sedi con posto',
    nothingSuits:
      'Nessun orario va bene? Mettiti in lista d’attesa: ti avvisiamo se si libera un posto.',

    toMap: 'Guarda sulla mappa',
    mapTitle: 'Mappa delle sedi dell’elenco',
    mapDescription:
      'I numeri sono quelli dell’elenco, che dice le stesse cose a parole. Ogni segno porta agli orari della sede.',
    mapOwn: 'il tuo Centro per l’impiego',
    mapLegend: 'I numeri sono quelli dell’elenco; sotto, il giorno del primo posto libero.',
    mapCentre: 'Centro di {{place}}',
    mapHere: 'Circa dove sei',
  },
  en: {
    title: 'Where suits you?',
    lead: 'Type where you live: you see your own employment centre first, then those near it with their first free time.',
    leadOwn:
      'This service is given only by one’s own employment centre: type where you live and we tell you which it is.',
    comune: 'Comune of domicile',
    comuneHint: 'For example: Bagheria',
    comuneUnknown: 'We find no comune called “{{typed}}”. Check how it is spelt.',
    comuneMissing: 'Type the comune you live in.',
    comuneWhich: 'Which of these comuni?',
    streetAsk: 'Do you live in {{comuni}}? Add the street',
    streetWhy:
      'There the employment centre changes from street to street. The address serves only to find it: it stays on this device, for two hours at most.',
    street: 'Street or square',
    streetHint: 'For example: Corso dei Mille',
    number: 'House number',
    radius: 'How far you can go',
    radiusKm: 'Within {{km}} km',
    radiusAll: 'Anywhere in the network',
    radiusHint: 'As the crow flies from the centre of the comune.',
    access: 'I need an office with…',
    accessSome: 'I need an office with: {{list}}',
    accessHint: 'Only offices known to have it are searched: of many it is not known yet.',
    competentUnsuited: 'Your own Cpi, {{office}}, is not known to have what you need.',
    seeOffice: 'See what is known of the office',
    more: 'Other wishes',
    moreSome: 'Other wishes: {{list}}',
    language: 'Language of the operator',
    anyLanguage: 'Any',
    speaks: 'an operator who speaks {{language}}',
    length: 'Length',
    lasts: '{{duration}}',
    ownOperator: 'Only with the operator who follows me already',
    withOwn: 'my own operator only',
    apply: 'Show the times',
    search: 'Search free times',
    nearMe: 'Search near me',
    locateFailed: 'We cannot tell where you are: type the comune.',

    resultsComune: 'First free times for people living in {{place}}',
    resultsPoint: 'First free times near you',
    becauseComune: 'Yours is the {{office}}, because it serves people living in {{comune}}.',
    becauseStreet:
      'Yours is the {{office}}, because it serves the area of {{street}}: in {{comune}} the centre changes with the street.',
    divided:
      '{{comune}} is divided among several employment centres. Without the street we take that of most of the city, the {{office}}: add the street above to be sure that it is yours.',
    streetOther:
      '“{{street}}” is not among the streets assigned to other centres: yours is that of the rest of {{comune}}, the {{office}}.',
    numberMatters:
      'In {{street}} the centre changes with the house number: add it above to be sure.',
    pointOnly:
      'Offices are in order of first free time. To know which employment centre is yours, type the comune you live in.',
    outsideTitle: '{{comune}} is not served by these offices',
    outsideOpen:
      'Your employment centre is that of the area you live in. This service is open to all, though: you can book it here too.',
    outsideOwn:
      'This service is given only by the employment centre of the area you live in: look for it with your region.',
    openServices: 'Here you can book the services open to all:',
    noOpenServices: 'Here there are no services open to those who live elsewhere.',
    notYours: 'You cannot have this service here',
    notYoursLead:
      'Only your own employment centre gives it, which for people living in {{comune}} is the {{office}}.',
    toYours: 'See the times of the {{office}}',
    openHere: 'At this office you can book the services open to all:',

    yourCpi: 'Your employment centre',
    firstFree: 'First free time',
    distance: '{{distance}} away',
    inYourComune: 'less than a kilometre away',
    takeFirst: 'Take this time',
    otherTimes: 'See all times',
    competentFull:
      'The {{office}}, which is yours, has nothing free until {{until}}, the last day that can be booked.',
    earlierElsewhere: '{{office}}, {{distance}} away, has a place {{days}} before yours.',
    onlyOwn: 'This service is given only by one’s own employment centre.',
    nothingFree: 'Nothing free',
    nothingNear:
      'We checked {{count}} offices: nothing is free until {{until}}, the last day that can be booked.',
    nothingOne: 'Nothing is free until {{until}}, the last day that can be booked.',
    noOffices: 'There are no offices within this distance.',
    tryWider: 'Search anywhere in the network',
    tryPlain: 'Search without other wishes',
    tryService: 'Choose another service',
    searched_one: '{{count}} office checked.',
    searched_other: '{{count}} offices checked: those with nothing free are not shown.',
    showAll: 'Show all {{count}} offices with a place',
    nothingSuits: 'No time suits you? Join the waiting list: we tell you when a place comes free.',

    toMap: 'See them on the map',
    mapTitle: 'Map of the offices in the list',
    mapDescription:
      'The numbers are those of the list, which says the same in words. Each mark leads to the times of the office.',
    mapOwn: 'your employment centre',
    mapLegend: 'The numbers are those of the list; below, the day of the first free time.',
    mapCentre: 'Centre of {{place}}',
    mapHere: 'About where you are',
  },
});
