/**
 * Who gets which seat. `costs[person][seat]` is what it costs them, infinite where it cannot be;
 * people stand in the order of their right. Each gets one seat at most and each seat one person.
 *
 * As many as possible are seated; when not all fit, whoever comes earlier in the list is never left
 * out for somebody later; and of all ways to seat those people, one of least total cost is found.
 * Shortest augmenting paths with potentials (Kuhn 1955, Munkres 1957; in this form Jonker and
 * Volgenant 1987): people are added one by one, and whoever has a seat keeps one.
 * @returns for each person the seat, or undefined
 */
export function assign(costs: readonly (readonly number[])[]): (number | undefined)[] {
  const seats = costs[0]?.length ?? 0;
  const ofPerson = new Array<number>(costs.length).fill(0);
  const ofSeat = new Array<number>(seats).fill(0);
  const holder = new Array<number | undefined>(seats).fill(undefined);

  for (let newcomer = 0; newcomer < costs.length; newcomer++) {
    const distance = new Array<number>(seats).fill(Number.POSITIVE_INFINITY);
    /** The seat that the path came from. */
    const from = new Array<number | undefined>(seats).fill(undefined);
    const reached: number[] = [];
    const visited = new Array<boolean>(seats).fill(false);
    let person = newcomer;
    let last: number | undefined;
    let free: number | undefined;
    let length = 0;

    while (free === undefined) {
      let next: number | undefined;
      for (let seat = 0; seat < seats; seat++) {
        if (visited[seat]) continue;
        const through = length + costs[person]![seat]! - ofPerson[person]! - ofSeat[seat]!;
        if (through < distance[seat]!) {
          distance[seat] = through;
          from[seat] = last;
        }
        if (next === undefined || distance[seat]! < distance[next]!) next = seat;
      }
      if (next === undefined || distance[next] === Number.POSITIVE_INFINITY) break;
      length = distance[next]!;
      visited[next] = true;
      if (holder[next] === undefined) free = next;
      else {
        reached.push(next);
        last = next;
        person = holder[next]!;
      }
    }
    if (free === undefined) continue;

    ofPerson[newcomer] = ofPerson[newcomer]! + length;
    for (const seat of reached) {
      const slack = length - distance[seat]!;
      ofPerson[holder[seat]!] = ofPerson[holder[seat]!]! + slack;
      ofSeat[seat] = ofSeat[seat]! - slack;
    }
    for (let seat: number | undefined = free; seat !== undefined; ) {
      const before: number | undefined = from[seat];
      holder[seat] = before === undefined ? newcomer : holder[before];
      seat = before;
    }
  }

  const given = new Array<number | undefined>(costs.length).fill(undefined);
  for (const [seat, person] of holder.entries()) {
    if (person !== undefined) given[person] = seat;
  }
  return given;
}
