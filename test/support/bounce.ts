/** A delivery status notification as a mail server writes it (RFC 3464). */
export function bounce(given: {
  /** Message-ID of the message it speaks of, without brackets. */
  readonly about: string;
  readonly action?: string;
  readonly status?: string;
}): string {
  const { about, action = 'failed', status = '5.1.1' } = given;
  return [
    'Date: Thu, 4 Mar 2027 09:20:00 +0100',
    'From: MAILER-DAEMON@mx.example.org',
    `In-Reply-To: <${about}>`,
    `Message-ID: <report-${action}@mx.example.org>`,
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="=_b/1"',
    '',
    'This is a MIME message.',
    '--=_b/1',
    'Content-Type: text/plain',
    '',
    'Il messaggio non è arrivato.',
    '--=_b/1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    'Final-Recipient: rfc822; rosa@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} <rosa@example.org>:`,
    ' no such user',
    '',
    '--=_b/1',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${about}>`,
    'Subject: Convocazione',
    '--=_b/1--',
  ].join('\r\n');
}
