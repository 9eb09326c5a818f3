/**
 * Staff and work by qualification. Levels are nested: whoever holds level k may do all work that
 * asks for k or less, so people above a level count for it and people below never do. Levels are
 * whole numbers from an administration's own ordered categories (A, B, C, D today), as many as it has.
 */

export interface AtLevel {
  readonly level: number;
  /** Posts (full-time equivalents). */
  readonly posts: number;
}

interface LevelBalance {
  readonly level: number;
  /** Posts that work of this level or above asks for. */
  readonly need: number;
  /** Posts that staff of this level or above fill. */
  readonly have: number;
  /** What no surplus below can make good: max(0, need − have). */
  readonly shortage: number;
  /** have / need; null where nothing asks for this level. */
  readonly ratio: number | null;
}

export interface QualifiedBalance {
  /** Lowest level first; one entry for each level that occurs on either side. */
  readonly levels: readonly LevelBalance[];
  /** Whether the staff can do all the work (the nested form of Hall's condition). */
  readonly feasible: boolean;
  /** The fewest posts that, added at the right levels, make it feasible. */
  readonly shortage: number;
}

export function qualifiedBalance(
  needs: readonly AtLevel[],
  staff: readonly AtLevel[],
): QualifiedBalance {
  const levels = [...new Set([...needs, ...staff].map(({ level }) => level))]
    .sort((a, b) => a - b)
    .map((level) => balanceFrom(level, needs, staff));
  const shortage = Math.max(0, ...levels.map((each) => each.shortage));
  return { levels, feasible: shortage === 0, shortage };
}

/** Need and staff of the levels from `level` up. */
function balanceFrom(
  level: number,
  needs: readonly AtLevel[],
  staff: readonly AtLevel[],
): LevelBalance {
  const need = sumFrom(level, needs);
  const have = sumFrom(level, staff);
  // A difference of rounding errors is no shortage.
  const missing = need - have;
  const shortage = missing > 1e-9 * Math.max(1, need) ? missing : 0;
  return { level, need, have, shortage, ratio: need > 0 ? have / need : null };
}

/**
 * Fewest hires by level that close every shortage, each at the highest level that still lacks people:
 * from the top down, so that nobody is hired below where they are needed.
 */
export function fewestHires(balance: QualifiedBalance): AtLevel[] {
  let hired = 0;
  const hires: AtLevel[] = [];
  for (const { level, shortage } of balance.levels.toReversed()) {
    const posts = shortage - hired;
    if (posts <= 0) continue;
    hires.unshift({ level, posts });
    hired += posts;
  }
  return hires;
}

function sumFrom(level: number, list: readonly AtLevel[]): number {
  return list.reduce((sum, each) => (each.level >= level ? sum + each.posts : sum), 0);
}
