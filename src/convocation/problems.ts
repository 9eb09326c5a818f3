import { defineProblem } from '../platform/problem.ts';

export const codeNotRecognised = defineProblem({
  slug: 'invitation-not-recognised',
  status: 404,
  title: { it: 'Codice non riconosciuto', en: 'Code not recognised' },
  explanation: {
    it: 'Il codice non esiste, è scaduto o è già servito a prenotare. Controlla di averlo scritto tutto; se hai già prenotato, apri «Il mio appuntamento»; altrimenti contatta il Centro per l’impiego.',
    en: 'The code does not exist, has expired or has already been used to book. Check that you typed all of it; if you have booked already, open “My appointment”; otherwise contact the employment centre.',
  },
});

export const capacityMissing = defineProblem({
  slug: 'capacity-missing',
  status: 409,
  title: { it: 'Non ci sono posti per tutti', en: 'There is not time for everybody' },
  explanation: {
    it: 'Le persone da invitare sono più degli appuntamenti che si possono dare nel periodo. Nulla è partito: allunga il periodo, aggiungi uffici, invita a ondate o apri altro orario; oppure avvia lo stesso scrivendo il motivo, che resta registrato.',
    en: 'There are more people to invite than appointments that can be given in the window. Nothing was sent: lengthen the window, add offices, invite in waves or open more hours; or launch it anyway with a reason, which is recorded.',
  },
});

export const campaignNotDraft = defineProblem({
  slug: 'campaign-not-draft',
  status: 409,
  title: { it: 'La campagna è già partita', en: 'The campaign was launched already' },
  explanation: {
    it: 'Qualcuno l’ha già avviata o fermata: nessuno viene invitato due volte. Ricarica la pagina.',
    en: 'Somebody launched or stopped it already: nobody is invited twice. Reload the page.',
  },
});

export const nobodyListed = defineProblem({
  slug: 'nobody-listed',
  status: 409,
  title: { it: 'L’elenco è vuoto', en: 'The list is empty' },
  explanation: {
    it: 'Prima di avviare la campagna scegli le persone da invitare.',
    en: 'Before launching the campaign choose the people to invite.',
  },
});

export const wavesTooLong = defineProblem({
  slug: 'waves-outlast-window',
  status: 422,
  title: { it: 'Le ondate superano il periodo', en: 'The waves outlast the window' },
  explanation: {
    it: 'L’ultima ondata partirebbe dopo la fine del periodo. Allunga il periodo, o fai ondate più grandi o più vicine.',
    en: 'The last wave would leave after the end of the window. Lengthen the window, or make the waves larger or closer.',
  },
});

export const alreadyConvoked = defineProblem({
  slug: 'already-convoked',
  status: 409,
  title: { it: 'La persona è già convocata', en: 'The person is convoked already' },
  explanation: {
    it: 'Per ogni servizio può esserci una sola convocazione aperta. Apri quella che c’è.',
    en: 'Each service allows one open convocation. Open the one there is.',
  },
});

export const hasAppointment = defineProblem({
  slug: 'person-has-appointment',
  status: 409,
  title: { it: 'La persona ha già un appuntamento', en: 'The person has an appointment already' },
  explanation: {
    it: 'Per questo servizio la persona ha già un appuntamento aperto: non occorre invitarla né convocarla.',
    en: 'The person has an open appointment for this service: there is no need to invite or convoke them.',
  },
});

export const postponementRefused = defineProblem({
  slug: 'postponement-not-allowed',
  status: 409,
  title: { it: 'Il rinvio non si può chiedere', en: 'Another date cannot be asked for' },
  explanation: {
    it: 'Il rinvio si chiede una volta sola, prima dell’ora dell’appuntamento, e non mentre una richiesta attende risposta. Se non puoi venire, contatta il Centro per l’impiego e giustifica l’assenza.',
    en: 'Another date can be asked for once, before the hour of the appointment, and not while a request awaits its answer. If you cannot come, contact the employment centre and justify your absence.',
  },
});

export const alreadyDecided = defineProblem({
  slug: 'postponement-decided',
  status: 409,
  title: { it: 'La richiesta ha già una risposta', en: 'The request was answered already' },
  explanation: {
    it: 'Un altro operatore ha già deciso questa richiesta di rinvio. Ricarica la pagina.',
    en: 'Another operator has decided this request already. Reload the page.',
  },
});

export const convocationNotOpen = defineProblem({
  slug: 'convocation-not-open',
  status: 409,
  title: { it: 'La convocazione non è aperta', en: 'The convocation is not open' },
  explanation: {
    it: 'Non ha ancora una data, oppure la data è passata o l’appuntamento è chiuso. Se la persona va convocata ancora, fai una convocazione nuova.',
    en: 'It has no date yet, or its date is past or its appointment closed. If the person is still to be convoked, make a new convocation.',
  },
});

export const notReachable = defineProblem({
  slug: 'person-not-reachable',
  status: 422,
  title: { it: 'Manca l’indirizzo per questo canale', en: 'There is no address for this channel' },
  explanation: {
    it: 'Scrivi la PEC o l’indirizzo postale della persona, oppure scegli un canale per cui il recapito è noto.',
    en: 'Give the person’s certified mailbox or postal address, or choose a channel for which an address is known.',
  },
});

export const readingSettled = defineProblem({
  slug: 'channel-reading-settled',
  status: 409,
  title: { it: 'Lettura già confermata o ritirata', en: 'The reading was confirmed or taken back' },
  explanation: {
    it: 'Una lettura si conferma una volta sola, e non dopo averla ritirata. Per cambiarla scrivine una nuova.',
    en: 'A reading is confirmed once, and not after it was taken back. To change it write a new one.',
  },
});

export const proofDoesNotFit = defineProblem({
  slug: 'proof-does-not-fit',
  status: 422,
  title: { it: 'Prova non adatta al canale', en: 'The proof does not fit the channel' },
  explanation: {
    it: 'Questa prova di consegna non appartiene al canale della convocazione, o porta una data futura.',
    en: 'This proof of delivery does not belong to the channel of the convocation, or bears a date in the future.',
  },
});
