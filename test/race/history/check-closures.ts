import { groupBy, type Operation, overlap, type Records } from './record.ts';

/** Closures: nobody inside them, nobody forgotten, nothing that nobody asked for. */
export function closureFaults(operations: readonly Operation[], records: Records): string[] {
  const faults: string[] = [];
  const { closures, audit, occupied } = records;
  const byId = new Map(closures.map((closure) => [closure.id, closure]));
  const undone = new Set(
    audit.flatMap((row) => (row.action === 'withdraw-closure' ? [row.subjectId] : [])),
  );
  for (const { verb, subjectId, answer } of operations)
    if (verb === 'reopen' && answer.kind === 'done' && byId.get(subjectId)?.state !== 'withdrawn')
      faults.push(`taken back, but still shut: ${subjectId}`);
  const taken = groupBy(occupied, ({ resourceId }) => resourceId);
  const appointments = new Map(records.appointments.map((one) => [one.id, one]));
  for (const closure of closures) {
    const { id, kind, state, operatorId, officeId, during, createdAt, items } = closure;
    if ((state === 'withdrawn') !== undone.has(id))
      faults.push(`a closure with another story: ${id} ${state}`);
    const open = items.filter(({ outcome }) => outcome === null);
    if (open.length > 0)
      faults.push(`not seen to: ${JSON.stringify({ id, state, open: open.length })}`);
    if (kind !== 'closure' || state === 'withdrawn') continue;
    const fates = new Map(items.map((item) => [item.appointmentId, item]));
    const rows = operatorId === null ? occupied : (taken.get(operatorId) ?? []);
    for (const { appointmentId } of rows.filter((row) => overlap(row.during, during))) {
      const inside = appointments.get(appointmentId)!;
      if (inside.officeId !== officeId || inside.startsAt <= createdAt) continue;
      // Buffers may reach into it.
      if (!overlap([inside.startsAt, inside.endsAt], during)) continue;
      if (!['held', 'confirmed'].includes(inside.state)) continue;
      const item = fates.get(appointmentId);
      const begun = item?.settledAt !== undefined && inside.startsAt <= (item.settledAt ?? 0);
      if (item?.outcome !== 'keep' && !begun)
        faults.push(`inside a closure: ${JSON.stringify({ closure: id, during, inside, item })}`);
    }
  }
  return faults;
}
