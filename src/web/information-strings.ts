import { defineStrings } from './strings.ts';

export const accessibilityStrings = defineStrings('accessibility', {
  it: {
    title: 'Dichiarazione di accessibilità',
    lead: 'Sportello deve poter essere usato da tutti: con la tastiera, con uno screen reader, su un telefono economico, senza JavaScript.',
    aim: 'A che cosa punta',
    aimText:
      'Le pagine seguono le Web Content Accessibility Guidelines (WCAG) 2.2 al livello AA, oltre la norma UNI CEI EN 301549 che la legge 4/2004 chiede alle amministrazioni.',
    how: 'Come lo verifichiamo',
    how1: 'Ogni passo dei percorsi principali è esaminato con axe a ogni modifica del software, a larghezza di telefono e di computer.',
    how2: 'I percorsi funzionano da tastiera e con JavaScript spento, e sono provati così.',
    how3: 'Ogni grafico e ogni mappa ha accanto una tabella con gli stessi dati.',
    limits: 'Che cosa ancora manca',
    limitsText:
      'I controlli automatici trovano solo una parte degli ostacoli: le prove con persone con disabilità spettano a chi mette in servizio il software e non sono ancora state fatte. La pagina interattiva delle API usa Swagger UI, che ha contrasti e intestazioni da correggere: lo stesso contenuto è nel documento OpenAPI.',
    report: 'Segnalare un ostacolo',
    reportText:
      'Scrivi o telefona al tuo centro per l’impiego e di’ in quale pagina ti sei fermato. L’amministrazione che gestisce questa installazione pubblica qui il suo recapito e il collegamento alla dichiarazione depositata presso AgID.',
  },
  en: {
    title: 'Accessibility statement',
    lead: 'Everybody must be able to use Sportello: with a keyboard, with a screen reader, on a cheap phone, without JavaScript.',
    aim: 'What it aims at',
    aimText:
      'Pages follow the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA, beyond the standard UNI CEI EN 301549 that Italian law 4/2004 asks of administrations.',
    how: 'How we check it',
    how1: 'Each step of the main journeys is examined with axe at every change of the software, at the widths of a phone and of a computer.',
    how2: 'The journeys work from the keyboard and with JavaScript off, and are tried that way.',
    how3: 'Every chart and every map has a table with the same data beside it.',
    limits: 'What is still missing',
    limitsText:
      'Automatic checks find only part of the obstacles: trials with disabled people are up to whoever puts the software into service, and have not been held yet. The interactive API page uses Swagger UI, whose contrasts and headings need mending: the same content is in the OpenAPI document.',
    report: 'Report an obstacle',
    reportText:
      'Write to or call your employment centre and say on which page you stopped. The administration that runs this installation publishes here its contact and the link to the statement it filed with AgID.',
  },
});

export const privacyStrings = defineStrings('privacy', {
  it: {
    title: 'Informativa privacy',
    lead: 'Quali dati usa questo servizio, perché, e che cosa puoi chiedere.',
    who: 'Chi è responsabile',
    whoText:
      'Titolare del trattamento è l’amministrazione regionale che gestisce i centri per l’impiego di questa installazione; pubblica qui i recapiti suoi e del responsabile della protezione dei dati.',
    what: 'Quali dati e perché',
    what1: 'Nome e recapito di chi prenota: per tenere l’appuntamento e avvisare se cambia.',
    what2: 'Codice fiscale, dove il servizio lo richiede: è conservato cifrato.',
    what3:
      'Dati del profilo e del patto di servizio: solo con l’operatore, per decidere insieme il percorso. Nessuna decisione è presa soltanto da un calcolo.',
    what4: 'Chi ha fatto che cosa e quando: un registro per rispondere di ogni modifica.',
    cookies: 'Cookie',
    cookiesText:
      'Solo tecnici: uno cifrato che ricorda chi ha fatto l’accesso (otto ore), uno cifrato che tiene aperto il tuo appuntamento su questo dispositivo (due ore) e uno che ricorda la lingua scelta. Nessun tracciamento, nessuna risorsa caricata da altri siti.',
    rights: 'I tuoi diritti',
    rightsText:
      'Puoi vedere, correggere e far cancellare i tuoi dati, opporti a un trattamento e chiedere le ragioni del tuo profilo, rivolgendoti al tuo centro per l’impiego. Una copia di tutto e la richiesta di cancellazione sono anche nella tua area personale. Puoi anche fare reclamo al Garante per la protezione dei dati personali.',
    demo: 'Questa è un’installazione dimostrativa',
    demoText:
      'Le persone che vedi sono inventate. Non scrivere dati veri: possono essere cancellati in ogni momento e visti da chiunque provi il servizio.',
  },
  en: {
    title: 'Privacy notice',
    lead: 'Which data this service uses, why, and what you can ask.',
    who: 'Who is responsible',
    whoText:
      'The controller is the regional administration that runs the employment centres of this installation; it publishes here its own contacts and those of its data protection officer.',
    what: 'Which data and why',
    what1:
      'Name and contact of whoever books: to keep the appointment and give notice if it changes.',
    what2: 'Tax code, where the service needs it: it is kept encrypted.',
    what3:
      'Data of the profile and of the service agreement: only with the operator, to decide the path together. No decision is taken by a calculation alone.',
    what4: 'Who did what and when: a register, to answer for each change.',
    cookies: 'Cookies',
    cookiesText:
      'Technical ones only: an encrypted one that remembers who signed in (eight hours), an encrypted one that keeps your appointment open on this device (two hours) and one that remembers the language chosen. No tracking, nothing loaded from other sites.',
    rights: 'Your rights',
    rightsText:
      'You can see, correct and have your data deleted, object to their use and ask for the reasons of your profile, by turning to your employment centre. A copy of everything and the request for erasure are in your own area too. You can also complain to the Italian data protection authority (Garante).',
    demo: 'This is a demonstration installation',
    demoText:
      'The people you see are made up. Do not type real data: they may be deleted at any time and seen by anybody who tries the service.',
  },
});
