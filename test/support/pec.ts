/** A receipt of certified mail as a provider writes it: signed envelope, text, `daticert.xml`. */
export function pecReceipt(given: {
  readonly kind: string;
  /** Message-ID of the message it speaks of, without brackets. */
  readonly about: string;
  readonly to?: string;
  readonly error?: string;
  readonly detail?: string;
  /** Wall clock in Rome in winter, `2027-03-04T09:10:00`. */
  readonly at?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly certifies?: { readonly kind?: string; readonly about?: string };
}): string {
  const { kind, about, to = 'rosa@pec.example.org', at = '2027-03-04T09:10:00' } = given;
  const [day = '', time = ''] = at.split('T');
  const daticert = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<postacert tipo="${given.certifies?.kind ?? kind}" errore="${given.error ?? 'nessuno'}">`,
    '<intestazione><mittente>cpi@pec.example.org</mittente>',
    `<destinatari tipo="certificato">${to}</destinatari>`,
    '<risposte>cpi@pec.example.org</risposte><oggetto>Convocazione &amp; data</oggetto></intestazione>',
    '<dati><gestore-emittente>Gestore di prova</gestore-emittente>',
    `<data zona="+0100"><giorno>${day.split('-').toReversed().join('/')}</giorno><ora>${time}</ora></data>`,
    `<identificativo>opec1.${kind}.1.1@pec.example.org</identificativo>`,
    `<msgid>&lt;${given.certifies?.about ?? about}&gt;</msgid>`,
    ...(kind === 'avvenuta-consegna'
      ? [`<ricevuta tipo="completa"/><consegna>${to}</consegna>`]
      : []),
    ...(given.detail ? [`<errore-esteso>${given.detail}</errore-esteso>`] : []),
    '</dati></postacert>',
  ].join('\n');
  const headers = {
    'X-Ricevuta': kind,
    // Folded, as long fields travel.
    'X-Riferimento-Message-ID': `\r\n <${about}>`,
    From: 'posta-certificata@pec.example.org',
    Date: 'Thu, 4 Mar 2027 09:30:00 +0100 (CET)',
    'Message-ID': `<opec1.${kind}.${at}@pec.example.org>`,
    'Content-Type': 'multipart/signed; protocol="application/x-pkcs7-signature"; boundary="outer"',
    ...given.headers,
  };
  return [
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    '--outer',
    'Content-Type: multipart/mixed; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'X-Ricevuta: errore-consegna',
    '--inner',
    'Content-Type: application/xml; name="daticert.xml"',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: inline; filename="daticert.xml"',
    '',
    Buffer.from(daticert).toString('base64').replace(/.{76}/g, '$&\r\n'),
    '--inner--',
    '--outer',
    'Content-Type: application/x-pkcs7-signature; name="smime.p7s"',
    '',
    'MIIB',
    '--outer--',
  ].join('\r\n');
}
