import {
  LinkButton,
  PostButton,
  SubmitButton,
  SurePostButton,
} from '../../web/components/buttons.tsx';
import { Card, DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, SelectField, TextArea, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Stepper } from '../../web/components/stepper.tsx';
import { Table } from '../../web/components/table.tsx';
import type { FormState } from '../../web/form.ts';
import { formatDay, formatDuration, formatNumber } from '../../web/format.ts';
import type { CampaignForecast } from '../actions/forecast-capacity.ts';
import type { CampaignFile } from '../actions/read-campaign.ts';
import { LIST_HEADERS, type ListFault, MOST_PEOPLE } from '../people-list.ts';
import { deskStrings } from '../strings.ts';
import { HOME } from './parts.tsx';

/** What the last form of a draft came back with. */
export interface DraftState {
  readonly form: FormState;
  readonly faults: readonly ListFault[];
  readonly done: string | undefined;
  readonly count: number;
}

/** The steps left before a campaign can be launched: whom, and whether there is time for all. */
export function Draft(props: {
  file: CampaignFile;
  forecast: CampaignForecast | undefined;
  state: DraftState;
}) {
  const { file, forecast, state } = props;
  const t = deskStrings(useLocale());
  const here = `${HOME}/${file.campaign.id}`;
  return (
    <>
      <div class="actions">
        <LinkButton look="outline" href={`${here}/modifica`} icon="it-pencil">
          {t('change')}
        </LinkButton>
      </div>
      <Stepper steps={[t('step1'), t('step2'), t('step3')]} current={forecast ? 3 : 2} />
      <ErrorSummary form={state.form} />
      <div class="mt-4">
        <People file={file} state={state} />
      </div>
      {forecast && (
        <div class="mt-4">
          <Launch file={file} forecast={forecast} form={state.form} />
        </div>
      )}
    </>
  );
}

/** Faults a page shows; the first ones are put right first. */
const FAULTS_SHOWN = 200;

function People({ file, state }: { file: CampaignFile; state: DraftState }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  const here = `${HOME}/${file.campaign.id}`;
  const { faults, form } = state;
  return (
    <Card title={`${t('step2')}: ${formatNumber(file.people.length, locale)}`}>
      {file.people.length === 0 ? (
        <EmptyState title={t('nobody')} icon="it-user">
          <p>{t('nobodyHelp')}</p>
        </EmptyState>
      ) : (
        <SurePostButton action={`${here}/svuota`} ask={t('clear')} sure={t('clearSure')} small />
      )}
      {faults.length > 0 && (
        <>
          <Alert kind="danger" live>
            {t('refusedList', { count: faults.length })}
          </Alert>
          <Table caption={t('refusedList', { count: faults.length })}>
            <thead>
              <tr>
                <th scope="col" class="numeric">
                  {t('line')}
                </th>
                <th scope="col">{t('column')}</th>
                <th scope="col">{t('fault')}</th>
              </tr>
            </thead>
            <tbody>
              {faults.slice(0, FAULTS_SHOWN).map(({ line, column, message }) => (
                <tr>
                  <td class="numeric">{line}</td>
                  <td>{column}</td>
                  <td>{message[locale]}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
      <div class="two-columns">
        <section aria-labelledby="con-filtro">
          <h3 id="con-filtro" class="h5">
            {t('byFilter')}
          </h3>
          <form method="post" action={`${here}/persone`} novalidate>
            <SelectField
              name="history"
              label={t('history')}
              empty={false}
              form={form}
              options={(['never', 'absent', 'any'] as const).map((value) => ({
                value,
                label: t(`history_${value}`),
              }))}
            />
            <TextField
              name="comune"
              label={t('comune')}
              form={form}
              width="narrow"
              inputmode="numeric"
              maxlength={6}
            />
            <TextField
              name="limit"
              type="number"
              label={t('limit')}
              form={form}
              value="100"
              min={1}
              max={MOST_PEOPLE}
              width="short"
              required
            />
            <SubmitButton look="outline">{t('add')}</SubmitButton>
          </form>
        </section>
        <section aria-labelledby="con-elenco">
          <h3 id="con-elenco" class="h5">
            {t('byList')}
          </h3>
          <form method="post" action={`${here}/elenco`} enctype="multipart/form-data" novalidate>
            <TextArea
              name="csv"
              label={t('list')}
              hint={t('listHint', { columns: LIST_HEADERS.join('; ') })}
              form={form}
              rows={6}
            />
            <div class="field">
              <label class="field-label" for="campo-file">
                {t('file')}
              </label>
              <input
                id="campo-file"
                type="file"
                name="file"
                accept=".csv,text/csv"
                class="form-control field-control"
              />
            </div>
            <SubmitButton look="outline">{t('addList')}</SubmitButton>
          </form>
        </section>
      </div>
    </Card>
  );
}

function Launch(props: { file: CampaignFile; forecast: CampaignForecast; form: FormState }) {
  const { file, forecast, form } = props;
  const locale = useLocale();
  const t = deskStrings(locale);
  const here = `${HOME}/${file.campaign.id}`;
  const figure = (value: number) => formatNumber(value, locale);
  return (
    <Card title={t('forecast')}>
      <DefinitionList
        items={[
          [t('forecastPeople'), figure(forecast.people)],
          [t('forecastSeats'), figure(forecast.seats)],
          [t('forecastExpected'), figure(forecast.expected)],
          [t('forecastAvailable'), figure(forecast.available)],
        ]}
      />
      {forecast.enough ? (
        <Alert kind="success">{t('enough')}</Alert>
      ) : (
        <Missing file={file} forecast={forecast} />
      )}
      <form method="post" action={`${here}/avvia`} class="form-block mt-4" novalidate>
        <input type="hidden" name="version" value={String(file.campaign.version)} />
        {!forecast.enough && (
          <TextArea
            name="motivo"
            label={t('override')}
            hint={t('overrideHint')}
            form={form}
            maxlength={500}
            rows={3}
          />
        )}
        <SubmitButton look={forecast.enough ? 'primary' : 'danger'}>
          {forecast.enough ? t('launch') : t('launchAnyway')}
        </SubmitButton>
      </form>
    </Card>
  );
}

function Missing({ file, forecast }: { file: CampaignFile; forecast: CampaignForecast }) {
  const locale = useLocale();
  const t = deskStrings(locale);
  const { proposals } = forecast;
  const counts = {
    count: forecast.missing,
    people: forecast.people,
    available: forecast.available,
  };
  return (
    <>
      <Alert kind="danger" title={t('missing', counts)}>
        <p>{t('missingHelp')}</p>
        {proposals && (
          <ul>
            <li>
              {proposals.closesOn === undefined
                ? t('proposeNoWindow')
                : t('proposeWindow', { until: formatDay(proposals.closesOn, locale) })}
            </li>
            {proposals.offices.map(({ name, seats }) => (
              <li>{t('proposeOffice', { office: name, seats })}</li>
            ))}
            {proposals.waves && <li>{t('proposeWaves', { ...proposals.waves })}</li>}
            <li>{t('proposeOpenings', { time: formatDuration(proposals.minutes, locale) })}</li>
          </ul>
        )}
      </Alert>
      <PostButton action={`${HOME}/${file.campaign.id}/orari`} look="outline">
        {t('askOpenings')}
      </PostButton>
    </>
  );
}
