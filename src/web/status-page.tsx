import type { AppContext } from '../platform/http.ts';
import { Problem } from '../platform/problem.ts';
import { reportStatus, type StatusReport, VERSION } from '../platform/status.ts';
import { Card, DefinitionList, Tag } from './components/content.tsx';
import { formatDateTime, formatNumber } from './format.ts';
import { page } from './layout.tsx';
import { defineStrings } from './strings.ts';

const statusStrings = defineStrings('status', {
  it: {
    title: 'Stato del servizio',
    lead: 'Che cosa funziona in questo momento, misurato mentre apri la pagina.',
    service: 'Prenotazioni e pagine',
    messages: 'Messaggi alle persone',
    works: 'funziona',
    late: 'in ritardo',
    down: 'non risponde',
    allFine: 'Il servizio funziona.',
    database: 'Base dati',
    databaseMs: 'risponde in {{ms}} millisecondi',
    waiting: 'Messaggi da spedire adesso',
    lateMessages: 'Messaggi in ritardo di oltre dieci minuti',
    version: 'Versione',
    checkedAt: 'Controllato',
    isDown:
      'La base dati non risponde: prenotazioni e ricerche sono ferme. Gli appuntamenti già presi restano validi. Riprova tra qualche minuto.',
    machine: 'Gli stessi dati per i programmi:',
  },
  en: {
    title: 'Service status',
    lead: 'What works at this moment, measured as you open the page.',
    service: 'Bookings and pages',
    messages: 'Messages to people',
    works: 'working',
    late: 'late',
    down: 'not answering',
    allFine: 'The service works.',
    database: 'Database',
    databaseMs: 'answers in {{ms}} milliseconds',
    waiting: 'Messages to be sent now',
    lateMessages: 'Messages more than ten minutes late',
    version: 'Version',
    checkedAt: 'Checked',
    isDown:
      'The database does not answer: bookings and searches have stopped. Appointments already made remain valid. Try again in a few minutes.',
    machine: 'The same data for programs:',
  },
});

/** `/stato`: the public status for people; programs ask `/status`. */
export async function statusPage(c: AppContext): Promise<Response> {
  const locale = c.get('locale');
  const t = statusStrings(locale);
  const report = await reportOrNothing(c);
  const now = c.get('services').clock.now();
  return page(
    c,
    { title: t('title'), lead: t('lead'), status: report ? 200 : 503 },
    <>
      <div class="cards">
        <Card title={t('service')}>
          <p>
            {report ? <Tag tone="success">{t('works')}</Tag> : <Tag tone="danger">{t('down')}</Tag>}
          </p>
          <p>{report ? t('allFine') : t('isDown')}</p>
        </Card>
        {report && (
          <Card title={t('messages')}>
            <p>
              {report.notices_late === 0 ? (
                <Tag tone="success">{t('works')}</Tag>
              ) : (
                <Tag tone="warning">{t('late')}</Tag>
              )}
            </p>
            <DefinitionList
              items={[
                [t('waiting'), formatNumber(report.notices_waiting, locale)],
                [t('lateMessages'), formatNumber(report.notices_late, locale)],
              ]}
            />
          </Card>
        )}
      </div>
      <div class="form-block">
        <DefinitionList
          items={[
            [t('database'), report && t('databaseMs', { ms: report.database_milliseconds })],
            [t('version'), VERSION],
            [t('checkedAt'), formatDateTime(now, locale)],
          ]}
        />
        <p>
          {t('machine')} <a href="/status">/status</a>
        </p>
      </div>
    </>,
  );
}

async function reportOrNothing(c: AppContext): Promise<StatusReport | undefined> {
  try {
    return await reportStatus(c.get('services'));
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return undefined;
    throw error;
  }
}
