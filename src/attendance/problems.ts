import { defineProblem } from '../platform/problem.ts';

export const nothingToJustify = defineProblem({
  slug: 'nothing-to-justify',
  status: 409,
  title: { it: 'Non c’è un’assenza da giustificare', en: 'There is no absence to justify' },
  explanation: {
    it: 'L’appuntamento si è svolto, è stato annullato oppure è stato tolto dall’ufficio: non serve una giustificazione.',
    en: 'The appointment took place, was cancelled, or was taken away by the office: no justification is needed.',
  },
});

export const justificationSent = defineProblem({
  slug: 'justification-sent',
  status: 409,
  title: { it: 'La giustificazione c’è già', en: 'There is a justification already' },
  explanation: {
    it: 'Per questo appuntamento è già arrivata una giustificazione: l’ufficio la sta esaminando o l’ha accolta.',
    en: 'A justification for this appointment has arrived already: the office is reading it or has accepted it.',
  },
});

export const documentRefused = defineProblem({
  slug: 'document-refused',
  status: 422,
  title: { it: 'Il documento non si può accettare', en: 'The document cannot be taken' },
  explanation: {
    it: 'Si accettano PDF, JPEG, PNG e HEIC fino a 5 MB, al massimo quattro per giustificazione. Nulla è stato salvato.',
    en: 'PDF, JPEG, PNG and HEIC up to 5 MB are taken, at most four for one justification. Nothing was saved.',
  },
});

export const decidedAlready = defineProblem({
  slug: 'justification-decided',
  status: 409,
  title: { it: 'La giustificazione è già decisa', en: 'The justification is decided already' },
  explanation: {
    it: 'Qualcuno ha già deciso, o la decisione non c’è ancora. Ricarica la pagina e guarda com’è adesso.',
    en: 'Somebody has decided already, or there is no decision yet. Reload the page and see how it stands now.',
  },
});

export const decisionStands = defineProblem({
  slug: 'justification-decision-stands',
  status: 409,
  title: {
    it: 'La decisione non si può più ritirare',
    en: 'The decision can no longer be taken back',
  },
  explanation: {
    it: 'Una decisione si ritira entro sette giorni e solo finché nessun provvedimento si basa sull’assenza.',
    en: 'A decision can be taken back within seven days, and only while no measure rests on the absence.',
  },
});

export const notSanctionable = defineProblem({
  slug: 'absence-not-sanctionable',
  status: 409,
  title: {
    it: 'Su questa assenza non si può adottare un provvedimento',
    en: 'No measure can be adopted on this absence',
  },
  explanation: {
    it: 'Manca qualcosa: la prova della convocazione, il decorso del termine per giustificarsi, la decisione sulla giustificazione oppure una prestazione tra quelle dell’art. 21. La pagina dell’assenza dice che cosa.',
    en: 'Something is missing: proof of the convocation, the end of the term to justify, the decision on the justification, or a benefit named by art. 21. The page of the absence says what.',
  },
});

export const measureDecided = defineProblem({
  slug: 'absence-measure-decided',
  status: 409,
  title: { it: 'Su questa assenza si è già deciso', en: 'This absence has been decided on' },
  explanation: {
    it: 'Un funzionario ha già adottato, non adottato o ritirato il provvedimento. Ricarica la pagina.',
    en: 'An official has already adopted, not adopted or withdrawn the measure. Reload the page.',
  },
});

export const overbookingOff = defineProblem({
  slug: 'overbooking-off',
  status: 409,
  title: { it: 'Qui non si prenota oltre i posti', en: 'Nobody is booked beyond the places here' },
  explanation: {
    it: 'La sovraprenotazione è spenta per questo ufficio e servizio, oppure il servizio si svolge per telefono, in video o con più operatori, dove non è mai ammessa.',
    en: 'Overbooking is off for this office and service, or the service is held by telephone, by video or with several operators, where it is never allowed.',
  },
});

export const noRoomExpected = defineProblem({
  slug: 'no-room-expected',
  status: 409,
  title: { it: 'Non si prevede posto', en: 'No room is expected' },
  explanation: {
    it: 'In quella mezza giornata c’è ancora tempo libero vero, oppure con una persona in più ne verrebbero probabilmente troppe. Prenota un orario libero.',
    en: 'There is still real free time in that half-day, or with one more person too many would probably come. Book a free time.',
  },
});
