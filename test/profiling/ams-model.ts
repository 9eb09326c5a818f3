import type {
  AppliesWhen,
  CategoricalVariable,
  ProfilingModel,
  Words,
} from '../../src/profiling/rules/model.ts';

/**
 * The published short-term table of the Austrian labour market chances model (Holl, Kernbeiß,
 * Wagner-Pinter 2018; full history), here as the oracle of the arithmetic only. Its sex and
 * women-only terms are the reason why it is never offered for use.
 */
const words = (text: string): Words => ({ it: text, en: text });

function variable(
  code: string,
  levels: Record<string, number>,
  more: Partial<CategoricalVariable> = {},
): CategoricalVariable {
  return {
    kind: 'categorical',
    code,
    label: words(code),
    levels: Object.entries(levels).map(([level, coefficient]) => ({
      code: level,
      label: words(level),
      coefficient,
      standardError: null,
    })),
    ...more,
  };
}

const withCases: AppliesWhen[] = [{ variable: 'cases', levels: ['1', '2', '3-4'] }];

export const amsModel: ProfilingModel = {
  id: 'ams-short-term',
  version: '2018',
  provenance: 'published',
  title: words('AMS short-term'),
  purpose: words('oracle'),
  outcome: {
    definition: words('at least 90 days of unsupported employment within 7 months'),
    windowDays: 210,
    direction: 'favourable',
  },
  population: words('full history'),
  intercept: 0.1,
  interceptStandardError: null,
  variables: [
    variable('sex', { man: 0, woman: -0.14 }),
    variable('age', { under_30: 0, '30-49': -0.13, '50+': -0.7 }),
    variable('citizenship', { AT: 0, EU: 0.16, third: -0.05 }),
    variable(
      'education',
      { compulsory: 0, apprenticeship: 0.28, matura: 0.01 },
      {
        reachable: { compulsory: ['apprenticeship', 'matura'] },
      },
    ),
    variable(
      'care',
      { no: 0, yes: -0.15 },
      { appliesWhen: [{ variable: 'sex', levels: ['woman'] }], reachable: { yes: ['no'] } },
    ),
    variable('region', { '1': 0, '2': -0.34, '3': -0.18, '4': -0.83, '5': -0.82 }),
    variable('health', { no: 0, impaired: -0.67 }),
    variable('occupation', { services: 0, production: 0.17 }),
    variable('prior', { at_least_75: 0, under_75: -0.74 }),
    variable('cases', { '0': 0, '1': 0.65, '2': 1.19, '3-4': 1.98 }),
    variable('longCase', { no: 0, yes: -0.8 }, { appliesWhen: withCases }),
    variable(
      'measures',
      { none: 0, supportive: -0.57, qualification: -0.21, subsidy: -0.43 },
      { appliesWhen: withCases },
    ),
  ],
  reference: {
    sex: 'man',
    age: 'under_30',
    citizenship: 'AT',
    education: 'compulsory',
    care: 'no',
    region: '1',
    health: 'no',
    occupation: 'services',
    prior: 'at_least_75',
    cases: '0',
    longCase: 'no',
    measures: 'none',
  },
  scale: {
    boundary: 'below',
    decimals: null,
    source: 'A above 66% in the short term; C is cut by a model that was never published',
    bands: [
      { code: 'B', label: words('B'), from: 0, to: 0.66 },
      { code: 'A', label: words('A'), from: 0.66, to: 1 },
    ],
  },
  card: {
    fittedOn: '2018',
    n: 0,
    events: 0,
    heldOut: [],
    limits: [],
    excluded: [],
    generation: {},
    sources: [],
    approval: words(''),
    contact: words(''),
  },
  hash: '',
};
