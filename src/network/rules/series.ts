import type { IsoDate } from '../../platform/clock.ts';
import type { Bilingual } from '../../platform/problem.ts';
import type { OpeningKind, OpeningLimits, WallHours } from './openings.ts';
import { daysAfter, type Recurrence, recursOn, weekdayOf } from './recurrence.ts';

/** What a series is made of, before it has a name and an owner. */
export interface SeriesDetails extends WallHours {
  readonly kind: OpeningKind;
  readonly periodId: string | undefined;
  readonly weekday: number;
  readonly validFrom: IsoDate;
  readonly validTo: IsoDate | null;
  readonly recurrence: Recurrence;
  readonly limits?: OpeningLimits | undefined;
}

/** What is wrong with one field of it. */
export interface Fault {
  readonly field:
    | 'starts'
    | 'ends'
    | 'valid_to'
    | 'nth'
    | 'period_id'
    | 'day'
    | 'from_day'
    | 'skills'
    | 'public_hours_before';
  readonly words: Bilingual;
}

const ENDS_FIRST: Fault = {
  field: 'ends',
  words: {
    it: 'L’orario finisce prima di cominciare: indica una fine dopo l’inizio.',
    en: 'It ends before it begins: give an end after the start.',
  },
};

/** Why two times are no hours; undefined when they are. */
export function hoursFault({ starts, ends }: WallHours): Fault | undefined {
  return starts < ends ? undefined : ENDS_FIRST;
}

/** Why a stretch of days is none; undefined when it is. */
export function daysFault(validFrom: IsoDate, validTo: IsoDate | null): Fault | undefined {
  if (validTo === null || validFrom <= validTo) return undefined;
  return {
    field: 'valid_to',
    words: {
      it: 'L’ultimo giorno viene prima del primo.',
      en: 'The last day comes before the first.',
    },
  };
}

export const UNKNOWN_PERIOD: Fault = {
  field: 'period_id',
  words: {
    it: 'Questo periodo non c’è, o è di altri.',
    en: 'There is no such period, or it is somebody else’s.',
  },
};

export const OVER_BY_THEN: Fault = {
  field: 'day',
  words: {
    it: 'Da questo giorno in poi la serie non si tiene più: scegline uno precedente.',
    en: 'From this day on the series takes place no more: choose an earlier one.',
  },
};

/** Numbers that a recurrence may have, besides -1 (the last) where the rule is of the month. */
const HIGHEST: Record<Recurrence['rule'], number> = {
  weeks: 52,
  'month-week': 6,
  'month-weekday': 5,
};

/** Why a series cannot recur so; undefined when it can. */
export function recurrenceFault({ rule, nth }: Recurrence): Fault | undefined {
  const byMonth = rule !== 'weeks';
  if ((byMonth && nth === -1) || (nth >= 1 && nth <= HIGHEST[rule])) return undefined;
  return {
    field: 'nth',
    words: {
      it: `Scegli un numero da 1 a ${HIGHEST[rule]}${byMonth ? ', o -1 per l’ultima' : ''}.`,
      en: `Choose a number from 1 to ${HIGHEST[rule]}${byMonth ? ', or -1 for the last' : ''}.`,
    },
  };
}

function limitsFault({ kind, limits }: SeriesDetails): Fault | undefined {
  if (!limits) return undefined;
  if (kind === 'pause') {
    return {
      field: 'skills',
      words: {
        it: 'Una pausa vale per tutti: non si limita a competenze o al personale.',
        en: 'A pause is for everybody: it is not limited to skills or to the staff.',
      },
    };
  }
  if (limits.publicHoursBefore !== undefined && !limits.staffOnly) {
    return {
      field: 'public_hours_before',
      words: {
        it: 'Solo ciò che è riservato al personale si apre poi al pubblico.',
        en: 'Only what is kept for the staff opens to the public later.',
      },
    };
  }
  return undefined;
}

/** The first thing wrong with a series; undefined when it can be kept. */
export function seriesFault(series: SeriesDetails): Fault | undefined {
  const { kind, periodId, validFrom, validTo, recurrence } = series;
  if (periodId !== undefined && kind !== 'ordinary') {
    return {
      field: 'period_id',
      words: {
        it: 'Aperture straordinarie e pause non appartengono a un periodo.',
        en: 'Extra openings and pauses do not belong to a period.',
      },
    };
  }
  return (
    recurrenceFault(recurrence) ??
    hoursFault(series) ??
    daysFault(validFrom, validTo) ??
    limitsFault(series)
  );
}

type Days = Pick<SeriesDetails, 'weekday' | 'validFrom' | 'validTo'> & {
  readonly recurrence?: Recurrence | undefined;
};

/** Whether a series takes place on a day, single days that differ aside. */
function takesPlace({ weekday, validFrom, validTo, recurrence }: Days, day: IsoDate): boolean {
  return (
    weekdayOf(day) === weekday &&
    validFrom <= day &&
    (validTo === null || day <= validTo) &&
    (recurrence === undefined || recursOn(day, validFrom, recurrence))
  );
}

/** Days after which a series that has not come again never will: 52 weeks, and some. */
const LONGEST_PAUSE = 53 * 7;

/**
 * The first day of a series from `day` on: where what follows may begin and keep its turn. Undefined
 * when the series is over by then.
 */
export function firstDayFrom(series: Days, day: IsoDate): IsoDate | undefined {
  const from = day < series.validFrom ? series.validFrom : day;
  for (let ahead = 0; ahead <= LONGEST_PAUSE; ahead++) {
    const one = daysAfter(from, ahead);
    if (takesPlace(series, one)) return one;
  }
  return undefined;
}

/** Why a day cannot differ: the series does not take place on it. */
export function exceptionFault(series: Days, day: IsoDate): Fault | undefined {
  if (takesPlace(series, day)) return undefined;
  return {
    field: 'day',
    words: {
      it: 'In questo giorno la serie non si tiene: scegli uno dei suoi giorni.',
      en: 'The series does not take place on this day: choose one of its days.',
    },
  };
}
