import { defineStrings } from '../web/strings.ts';

export const noticeStrings = defineStrings('notices', {
  it: {
    calendar: 'Il file allegato aggiunge l’appuntamento alla tua agenda.',
    calendarCancelled: 'Il file allegato lo toglie dalla tua agenda.',
    automatic: 'Messaggio automatico: non rispondere a questo indirizzo.',
    demo: 'Messaggio dimostrativo: l’ufficio non ha ricevuto alcuna prenotazione.',
    fileName: 'appuntamento.ics',
    mailboxTitle: 'Posta della dimostrazione',
    mailboxLead:
      'I messaggi che Sportello avrebbe spedito. In questa dimostrazione nulla parte davvero, e chiunque apra questa pagina li legge: non usare dati veri.',
    mailboxSent:
      'I messaggi scritti da Sportello in questa dimostrazione. Chiunque apra questa pagina li legge: non usare dati veri.',
    mailboxEmpty: 'Nessun messaggio, per ora. Prenota un appuntamento e torna qui.',
    mailboxBook: 'Prenota un appuntamento',
    to: 'A',
    state: 'Stato',
    stateWaiting: 'in partenza',
    stateScheduled: 'partirà {{when}}',
    stateSent: 'consegnato {{when}}',
    stateDropped: 'ritirato',
    stateFailed: 'non consegnato',
    attachment: 'Allegato: {{name}}',
    demoTag: 'dimostrazione',
    unknownKind: 'Questa versione non conosce più questo tipo di messaggio.',
  },
  en: {
    calendar: 'The attached file adds the appointment to your calendar.',
    calendarCancelled: 'The attached file takes it off your calendar.',
    automatic: 'Automatic message: please do not reply to this address.',
    demo: 'Demonstration message: the office has received no booking.',
    fileName: 'appointment.ics',
    mailboxTitle: 'Demonstration mail',
    mailboxLead:
      'The messages that Sportello would have sent. In this demonstration nothing really leaves, and whoever opens this page reads them: do not use real data.',
    mailboxSent:
      'The messages written by Sportello in this demonstration. Whoever opens this page reads them: do not use real data.',
    mailboxEmpty: 'No messages yet. Book an appointment and come back here.',
    mailboxBook: 'Book an appointment',
    to: 'To',
    state: 'State',
    stateWaiting: 'about to leave',
    stateScheduled: 'will leave on {{when}}',
    stateSent: 'delivered {{when}}',
    stateDropped: 'withdrawn',
    stateFailed: 'not delivered',
    attachment: 'Attachment: {{name}}',
    demoTag: 'demonstration',
    unknownKind: 'This version no longer knows this kind of message.',
  },
});
