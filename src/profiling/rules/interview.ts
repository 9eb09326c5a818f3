import type { Assessment, RiskClass, Skills } from './percorso.ts';
import { CHECK_LIST, CONSENT, QUESTIONS } from './questionnaire.ts';

/** Answers by question code: the code of a choice, several codes, or words. */
export type InterviewAnswers = Readonly<Record<string, string | readonly string[]>>;

/** From this many complex needs on, the proposal is percorso 4. Ours, for an office to set. */
export const COMPLEX_NEEDS_THRESHOLD = 2;

export const TEXT_MAX = 1000;

/** Codes of what is asked and not answered yet; empty when the interview can be completed. */
export function unanswered(answers: InterviewAnswers): string[] {
  return QUESTIONS.filter((q) => q.required && isEmpty(answers[q.code])).map((q) => q.code);
}

/** Codes of what was answered in a way the questionnaire does not know. */
export function unknownAnswers(answers: InterviewAnswers): string[] {
  return Object.entries(answers)
    .filter(([code, answer]) => {
      const question = QUESTIONS.find((q) => q.code === code);
      if (!question) return true;
      if (question.kind === 'text') return typeof answer !== 'string' || answer.length > TEXT_MAX;
      const chosen = typeof answer === 'string' ? [answer] : answer;
      if (question.kind === 'one' && typeof answer !== 'string') return true;
      return chosen.some((one) => !question.options?.some((known) => known.code === one));
    })
    .map(([code]) => code);
}

/** What may be kept: nothing empty, and nothing sensitive that the person did not consent to. */
export function recordable(answers: InterviewAnswers): InterviewAnswers {
  const consented = answers[CONSENT] === 'yes';
  const sensitive = new Set(QUESTIONS.filter((q) => q.sensitive).map((q) => q.code));
  return Object.fromEntries(
    Object.entries(answers).filter(
      ([code, answer]) => !isEmpty(answer) && (consented || !sensitive.has(code)),
    ),
  );
}

/** How many answers, given with consent, tell of a complex need. */
export function complexNeeds(answers: InterviewAnswers): number {
  const kept = recordable(answers);
  return QUESTIONS.filter((question) =>
    question.options?.some((one) => one.complexNeed && kept[question.code] === one.code),
  ).length;
}

/** `complete` needs spendable skills and nothing short of yes on the check-list. */
export function skillsOf(answers: InterviewAnswers): Skills {
  const judged = answers.k_skills;
  if (judged === 'short_gap' || judged === 'inadequate') return judged;
  return CHECK_LIST.every((code) => answers[code] === 'yes') ? 'complete' : 'spendable';
}

/** What the rule table of the percorsi reads from a completed interview and the automatic class. */
export function assessmentOf(riskClass: RiskClass, answers: InterviewAnswers): Assessment {
  return {
    riskClass,
    skills: skillsOf(answers),
    complexNeeds: complexNeeds(answers) >= COMPLEX_NEEDS_THRESHOLD,
    collectiveCrisis: answers.a_collective_crisis === 'yes',
  };
}

function isEmpty(answer: string | readonly string[] | undefined): boolean {
  return (
    answer === undefined ||
    answer.length === 0 ||
    (typeof answer === 'string' && answer.trim() === '')
  );
}
