import { defineStrings } from './strings.ts';

export const homeStrings = defineStrings('home', {
  it: {
    title: 'Sportello',
    sentence:
      'Sportello prenota gli appuntamenti dei centri per l’impiego, aiuta gli operatori a capire chi hanno davanti e mostra a chi programma dove serve personale.',
    book: 'Prenota un appuntamento',
    track: 'Ho già un appuntamento: vedilo, spostalo o disdicilo',
    doors: 'Da dove vuoi entrare?',
    citizen: 'Cerco lavoro',
    citizenText:
      'Scegli il servizio e la sede: vedi subito il primo posto davvero libero, vicino a te e nei dintorni. Alla fine sai quando, dove e che cosa portare.',
    operator: 'Lavoro allo sportello',
    operatorText:
      'La tua giornata, la persona che hai davanti, il suo profilo spiegato a parole e il patto di servizio da firmare insieme.',
    planner: 'Organizzo i servizi',
    plannerText:
      'Bacino, organico, carichi e attese di ogni sede della regione, e che cosa cambia se sposti o aggiungi personale.',
    enterSpid: 'Entra con SPID',
    enterCie: 'Entra con CIE',
    enterCitizen: 'Prova come cittadino',
    enterOperator: 'Prova come operatore',
    enterPlanner: 'Prova come pianificatore',
    bookNow: 'Prenota senza accedere',
    signInOperator: 'L’accesso degli operatori passa dal sistema di identità dell’ente.',
    enterAdministrator: 'Amministri la rete? Prova a caricarla dai tuoi file',
    demoNote: 'Gli accessi di prova non chiedono password e non esistono in un’installazione vera.',
    myAppointments: 'Vai alle prenotazioni',
    toDesk: 'Vai allo sportello',
    toPlanning: 'Vai alla pianificazione',
  },
  en: {
    title: 'Sportello',
    sentence:
      'Sportello books appointments at public employment centres, helps operators understand the person in front of them, and shows planners where staff is needed.',
    book: 'Book an appointment',
    track: 'I have an appointment: see it, move it or cancel it',
    doors: 'Where do you want to go in?',
    citizen: 'I am looking for work',
    citizenText:
      'Choose the service and the office: you see at once the first place that is really free, near you and around. At the end you know when, where and what to bring.',
    operator: 'I work at the desk',
    operatorText:
      'Your day, the person in front of you, their profile explained in words, and the service agreement to sign together.',
    planner: 'I organise the services',
    plannerText:
      'People served, staff, workload and waits of every office of the region, and what changes if you move or add staff.',
    enterSpid: 'Sign in with SPID',
    enterCie: 'Sign in with CIE',
    enterCitizen: 'Try it as a citizen',
    enterOperator: 'Try it as an operator',
    enterPlanner: 'Try it as a planner',
    bookNow: 'Book without signing in',
    signInOperator: 'Operators sign in through the identity system of their administration.',
    enterAdministrator: 'Do you run the network? Try loading it from your files',
    demoNote: 'Trial entrances ask no password and do not exist in a real installation.',
    myAppointments: 'Go to bookings',
    toDesk: 'Go to the desk',
    toPlanning: 'Go to planning',
  },
});
