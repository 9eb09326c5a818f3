import demoModel from './demo-model.json' with { type: 'json' };
import type { ProfilingModel } from './rules/model.ts';

/**
 * The models this installation has used, newest last. A profile names the one that computed it and
 * carries its hash; a model is never edited, only followed by another version. The files are our
 * own and proved by tests, so they are not parsed again at run time.
 */
export const MODELS: readonly ProfilingModel[] = [demoModel as unknown as ProfilingModel];

export function modelInUse(): ProfilingModel {
  return MODELS.at(-1)!;
}

export function findModel(id: string, version: string): ProfilingModel | undefined {
  return MODELS.find((model) => model.id === id && model.version === version);
}
