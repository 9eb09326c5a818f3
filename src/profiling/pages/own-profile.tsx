import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton, PrintButton } from '../../web/components/buttons.tsx';
import { DefinitionList } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { explainProfile } from '../actions/explain-profile.ts';
import { readAssessment } from '../actions/read-assessment.ts';
import { fromPersonData } from '../schemas.ts';
import type { DataForm } from '../store.ts';
import { profilingStrings } from '../strings.ts';
import { FORM_FIELDS } from './data-form-fields.ts';
import { ExplanationView } from './explanation.tsx';
import { DecisionView } from './percorso.tsx';
import { Procedure } from './profile.tsx';

export const ownProfilePages = createApi();

ownProfilePages.get('/area-personale/profilo', async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'jobseeker');
  const t = profilingStrings(call.locale);
  const file = await readAssessment(call, call.actor.personId);
  const newest = file.profiles[0];
  const explanation = newest && (await explainProfile(call, newest.id));
  const [decision] = file.decisions;
  return page(
    c,
    { title: t('ownProfile'), lead: t('ownLead'), active: 'own' },
    explanation ? (
      <>
        <ExplanationView explanation={explanation} own />
        <h2>{t('whoDecides')}</h2>
        <p>{t('whoDecidesText')}</p>
        {decision ? <DecisionView decision={decision} /> : <p>{t('noDecision')}</p>}
        <h2>{t('contest')}</h2>
        <p>{t('contestText')}</p>
        {file.dataForm && <ConfirmedData form={file.dataForm} />}
        <Procedure explanation={explanation} />
        <div class="actions no-print">
          <PrintButton look="outline">{t('ownProfile')}</PrintButton>
        </div>
      </>
    ) : (
      <EmptyState title={t('ownNone')} icon="it-user">
        <p>{t('ownNoneHelp')}</p>
        <LinkButton href="/prenota">{t('book')}</LinkButton>
      </EmptyState>
    ),
  );
});

function ConfirmedData({ form }: { form: DataForm }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const wire: Record<string, unknown> = fromPersonData(form.data);
  const answer = (name: string, value: unknown) => {
    const field = FORM_FIELDS.find((one) => one.name === name)!;
    if (field.kind === 'yes_no') return t(value === true ? 'yes' : 'no');
    if (field.kind === 'date') return formatDay(String(value), locale);
    const option = field.options?.find((one) => one.value === value);
    return option ? option.label[locale] : String(value);
  };
  return (
    <details>
      <summary>{t('contestData')}</summary>
      <DefinitionList
        items={FORM_FIELDS.map(({ name, label }) => [label[locale], answer(name, wire[name])])}
      />
    </details>
  );
}
