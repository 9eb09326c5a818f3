import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { DefinitionList } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { CheckboxGroup, ErrorSummary, RadioGroup, TextArea } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { errorsByField, type FormState, formValues } from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { type AssessmentFile, readAssessment } from '../actions/read-assessment.ts';
import { saveInterview } from '../actions/save-interview.ts';
import { type InterviewAnswers, TEXT_MAX, unanswered } from '../rules/interview.ts';
import { QUESTIONS, type Question, SECTIONS } from '../rules/questionnaire.ts';
import type { Interview } from '../store.ts';
import { profilingStrings } from '../strings.ts';
import { filePath, personIdOf } from './path.ts';

export const interviewPages = createApi();

interviewPages.get('/operatore/persone/:person/colloquio', async (c) => {
  const file = await readAssessment(callOf(c), personIdOf(c));
  const { interview } = file;
  const again = c.req.query('nuovo') !== undefined;
  if (interview?.state === 'complete' && !again) return showComplete(c, file, interview);
  const draft = interview?.state === 'draft' ? interview : undefined;
  return showForm(c, file, draft, { values: { ...draft?.answers }, errors: {} });
});

interviewPages.post('/operatore/persone/:person/colloquio', async (c) => {
  const call = callOf(c);
  const file = await readAssessment(call, personIdOf(c));
  const values = await formValues(c);
  const draft = file.interview?.state === 'draft' ? file.interview : undefined;
  const version = Number(values.versione);
  try {
    await saveInterview(call, {
      personId: file.person.id,
      answers: answersOf(values),
      complete: values.azione === 'concludi',
      ...(draft && { draft: { id: draft.id, version: Number.isInteger(version) ? version : 0 } }),
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    const errors = Object.fromEntries(
      Object.entries(errorsByField(error.extra.errors ?? [])).map(([name, words]) => {
        const code = name.replace(/^answers\./, '');
        const question = QUESTIONS.find((one) => one.code === code);
        return [code, question ? `${question.label[call.locale]} ${words}` : words];
      }),
    );
    return showForm(c, file, draft, { values, errors }, 422);
  }
  const next = values.azione === 'concludi' ? '/percorso' : '/colloquio';
  return c.redirect(filePath(file.person.id, next), 303);
});

function answersOf(values: Record<string, string | string[]>): InterviewAnswers {
  return Object.fromEntries(
    QUESTIONS.filter(({ code }) => values[code] !== undefined).map(({ code, kind }) => {
      const value = values[code]!;
      return [code, kind === 'many' && typeof value === 'string' ? [value].filter(Boolean) : value];
    }),
  );
}

function shell(c: AppContext, file: AssessmentFile, status?: 422) {
  const t = profilingStrings(c.get('locale'));
  const name = `${file.person.givenName} ${file.person.familyName}`;
  return {
    title: t('interview'),
    lead: `${name}. ${t('interviewLead')}`,
    active: 'persons' as const,
    status,
    breadcrumbs: [
      { label: t('persons'), href: '/operatore/persone' },
      { label: name, href: filePath(file.person.id) },
      { label: t('interview') },
    ],
  };
}

function showForm(
  c: AppContext,
  file: AssessmentFile,
  draft: Interview | undefined,
  form: FormState,
  status?: 422,
) {
  const locale = c.get('locale');
  const t = profilingStrings(locale);
  const open = draft ? unanswered(draft.answers).length : 0;
  return page(
    c,
    shell(c, file, status),
    <>
      {draft && (
        <Alert kind="info">
          <p>
            {t('draftSaved', { when: formatDateTime(draft.savedAt, locale) })}{' '}
            {open > 0 && t('openQuestions', { count: open })}
          </p>
        </Alert>
      )}
      <form method="post" action={filePath(file.person.id, '/colloquio')} class="form-block">
        <ErrorSummary form={form} />
        <input type="hidden" name="versione" value={draft?.version ?? 0} />
        {SECTIONS.map((section) => (
          <section>
            <h2>
              {section.code === 'K' ? '' : `${section.code}. `}
              {section.title[locale]}
            </h2>
            <p>{section.intro[locale]}</p>
            {section.questions.map((question) => (
              <Asked question={question} form={form} />
            ))}
          </section>
        ))}
        <div class="actions">
          <SubmitButton name="azione" value="salva" look="outline">
            {t('saveDraft')}
          </SubmitButton>
          <SubmitButton name="azione" value="concludi">
            {t('complete')}
          </SubmitButton>
        </div>
      </form>
    </>,
  );
}

/** Nothing is `required` in the browser: an interview may be saved half-way. */
function Asked({ question, form }: { question: Question; form: FormState }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const common = {
    name: question.code,
    label: question.label[locale],
    hint: question.hint?.[locale] ?? (question.sensitive ? t('consentNote') : undefined),
    form,
  };
  const options = (question.options ?? []).map(({ code, label }) => ({
    value: code,
    label: label[locale],
  }));
  switch (question.kind) {
    case 'text':
      return <TextArea {...common} rows={3} maxlength={TEXT_MAX} />;
    case 'many':
      return <CheckboxGroup {...common} options={options} />;
    default:
      return <RadioGroup {...common} options={options} inline={options.length <= 3} />;
  }
}

function showComplete(c: AppContext, file: AssessmentFile, interview: Interview) {
  const locale = c.get('locale');
  const t = profilingStrings(locale);
  return page(
    c,
    shell(c, file),
    <>
      <Alert kind="success">
        <p>{t('interviewComplete', { when: formatDateTime(interview.completedAt!, locale) })}</p>
      </Alert>
      {SECTIONS.map((section) => (
        <section>
          <h2>{section.title[locale]}</h2>
          <DefinitionList
            items={section.questions.map((question) => [
              question.label[locale],
              answerWords(question, interview.answers[question.code], locale) ?? t('answerNone'),
            ])}
          />
        </section>
      ))}
      <div class="actions no-print">
        <LinkButton href={filePath(file.person.id, '/percorso')}>{t('goPercorso')}</LinkButton>
        <LinkButton href={`${filePath(file.person.id, '/colloquio')}?nuovo`} look="outline">
          {t('newInterview')}
        </LinkButton>
      </div>
    </>,
  );
}

function answerWords(
  question: Question,
  answer: string | readonly string[] | undefined,
  locale: 'it' | 'en',
): string | undefined {
  if (answer === undefined) return undefined;
  if (question.kind === 'text') return String(answer);
  const chosen = typeof answer === 'string' ? [answer] : answer;
  return question.options
    ?.filter(({ code }) => chosen.includes(code))
    .map(({ label }) => label[locale])
    .join(', ');
}
